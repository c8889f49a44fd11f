globalThis.imlPlayer.types.truefalse = globalThis.imlPlayer.oneOf();
