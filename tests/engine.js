// Runs the player in Node, without a page: reads a line of JSON for each question, and writes one.
// What touches the page fails here; that is meant.
'use strict';
const vm = require('node:vm');
const readline = require('node:readline');

const { parseHTML } = require(process.argv[3]);

// An ordinary global object: one that is contextified is asked anew for each name that is used.
const context = vm.createContext(vm.constants.DONT_CONTEXTIFY);
Object.assign(context, {
  TextEncoder, TextDecoder, URL, URLSearchParams, AbortController, setTimeout, clearTimeout, console, crypto,
});
vm.runInContext(require('node:fs').readFileSync(process.argv[2], 'utf8'), context, { filename: 'player.js' });

/** Reads a page, which no script of it has touched. */
context.documentOf = (html) => parseHTML(html).document;

/** Reads the items of some HTML as the player does; gives them by id, to be scored. */
context.itemsOf = function (html) {
  const { document } = parseHTML('<!doctype html><html><body>' + html + '</body></html>');
  const byPart = (list) => new Map(Array.from(list, (element) => [element.dataset.part, element]));
  return Object.fromEntries(Array.from(document.querySelectorAll('[data-iml-item]'), (element) => {
    const question = element.querySelector('.iml-question');
    const answer = element.querySelector('.iml-answer');
    const type = context.imlPlayer.types[element.dataset.imlType];
    for (const option of question.querySelectorAll('.iml-options > li')) {
      option.setAttribute('data-part', option.querySelector('input').getAttribute('value'));
    }
    const data = type.read({
      element, question, answer,
      parts: byPart(question.querySelectorAll('[data-part]')),
      keys: byPart(answer.querySelectorAll('[data-part]')),
    });
    return [element.dataset.imlItem, { type, data }];
  }));
};

/** Reads the items of some HTML as the results of a group are read by them; by id. */
context.definitionsOf = function (html) {
  const { document } = parseHTML('<!doctype html><html><body>' + html + '</body></html>');
  return Object.fromEntries(Array.from(document.querySelectorAll('[data-iml-item]'), (element) =>
    [element.dataset.imlItem, context.imlPlayer.definition.define(element, element.dataset.imlType)]));
};

readline.createInterface({ input: process.stdin }).on('line', async function (line) {
  let said;
  try {
    const { code, arg } = JSON.parse(line);
    context.imlAsked = JSON.stringify(arg);
    const found = await vm.runInContext('(async function (arg) { const asked = (' + code + '\n);' +
      'return JSON.stringify(await (typeof asked === "function" ? asked(arg) : asked)); })' +
      '(imlAsked === undefined ? undefined : JSON.parse(imlAsked))', context);
    said = { found: found === undefined ? null : JSON.parse(found) };
  } catch (error) {
    said = { error: String(error && error.stack || error) };
  }
  process.stdout.write(JSON.stringify(said) + '\n');
});
