// Runs before the first paint, so that a chosen theme never flashes: loaded in the head without defer, and no module.
(() => {
  const chosen = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
  if (chosen) document.documentElement.dataset.theme = chosen[1];
})();
