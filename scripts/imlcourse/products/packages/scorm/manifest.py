"""What a learning platform reads of a package first: ``imsmanifest.xml``, in either dialect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from imlcourse.products.packages.banks.xmltree import document, element

__all__ = ["DIALECTS", "Dialect"]

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of SCORM.

    Attributes
    ----------
    name
        What the script of the package calls it.
    version
        What a manifest calls it.
    spaces
        Namespaces by prefix; that of the manifest itself under ``""``.
    schemas
        By namespace, the file of its schema.
    launched
        The attribute by which a resource says that it talks to the platform.
    sequenced
        Whether an item says that the course itself tells completion and success.
    """

    name: str
    version: str
    spaces: dict[str, str]
    schemas: dict[str, str]
    launched: str
    sequenced: bool = False

    def manifest(self, identifier: str, title: str, page: str, files: Iterable[str]) -> bytes:
        """Write the manifest of a package with one thing to launch.

        Parameters
        ----------
        identifier
            What names the package, and no other one.
        title
            What people read.
        page
            The page to open.
        files
            All other files.
        """
        item = element("item", element("title", title), identifier="item", identifierref="course")
        item.set("isvisible", "true")
        if self.sequenced:
            item.append(
                element(
                    "imsss:sequencing",
                    element(
                        "imsss:deliveryControls",
                        completionSetByContent="true",
                        objectiveSetByContent="true",
                    ),
                )
            )
        resource = element(
            "resource",
            element("file", href=page),
            *(element("file", href=path) for path in sorted(files)),
            identifier="course",
            type="webcontent",
            href=page,
        )
        resource.set(self.launched, "sco")
        root = element(
            "manifest",
            element(
                "metadata",
                element("schema", "ADL SCORM"),
                element("schemaversion", self.version),
            ),
            element(
                "organizations",
                element("organization", element("title", title), item, identifier="way"),
                default="way",
            ),
            element("resources", resource),
            identifier=identifier,
            version="1",
        )
        return document(self._named(root))

    def _named(self, root: ET.Element) -> ET.Element:
        for prefix, space in self.spaces.items():
            root.set(f"xmlns:{prefix}" if prefix else "xmlns", space)
        root.set("xmlns:xsi", _XSI)
        where = " ".join(f"{space} {name}" for space, name in self.schemas.items())
        root.set("xsi:schemaLocation", where)
        return root


_CP12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
_SS = "http://www.imsglobal.org/xsd/imsss"

DIALECTS = {
    "scorm12": Dialect(
        "1.2",
        "1.2",
        {"": _CP12, "adlcp": _ADL12},
        {_CP12: "imscp_rootv1p1p2.xsd", _ADL12: "adlcp_rootv1p2.xsd"},
        "adlcp:scormtype",
    ),
    "scorm2004": Dialect(
        "2004",
        "2004 4th Edition",
        {"": _CP, "adlcp": _ADL, "imsss": _SS},
        {_CP: "imscp_v1p1.xsd", _ADL: "adlcp_v1p3.xsd", _SS: "imsss_v1p0.xsd"},
        "adlcp:scormType",
        sequenced=True,
    ),
}
"""Both, by the name of their package."""
