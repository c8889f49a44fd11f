globalThis.imlPlayer.types.single = globalThis.imlPlayer.oneOf();
