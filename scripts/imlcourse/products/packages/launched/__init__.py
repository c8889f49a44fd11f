"""The course for platforms that launch it with a record store: cmi5, and tincan.xml.

The pages are those of the book, in a frame. The page around them alone may connect to something:
where the store is, only a launch says, so that its content policy can name no address. It allows
``https:``, the machine itself and the place that the package came from, and nothing else; every
page in the frame, and every other package, connects to nothing.

`units` says what can be launched, `structure` and `tincan` write what a platform reads of a
package, `frame` the pages to launch, and `parcels` puts together the zips. What is said to the
store, ``player/hosts/saying.js`` says, and ``player/hosts/outbox.js`` how it gets there.
"""
