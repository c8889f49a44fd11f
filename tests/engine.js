// Runs the player in Node, without a page: reads a line of JSON for each question, and writes one.
// What touches the page fails here; that is meant.
'use strict';
const vm = require('node:vm');
const readline = require('node:readline');

const context = vm.createContext({ TextEncoder, console, crypto });
vm.runInContext(require('node:fs').readFileSync(process.argv[2], 'utf8'), context, { filename: 'player.js' });

readline.createInterface({ input: process.stdin }).on('line', function (line) {
  let said;
  try {
    const { code, arg } = JSON.parse(line);
    context.imlAsked = JSON.stringify(arg);
    const found = vm.runInContext('(function (arg) { const asked = (' + code + '\n);' +
      'return JSON.stringify(typeof asked === "function" ? asked(arg) : asked); })' +
      '(imlAsked === undefined ? undefined : JSON.parse(imlAsked))', context);
    said = { found: found === undefined ? null : JSON.parse(found) };
  } catch (error) {
    said = { error: String(error && error.stack || error) };
  }
  process.stdout.write(JSON.stringify(said) + '\n');
});
