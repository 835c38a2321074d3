// After a sign-out: goes on when the pages of all clients are loaded, or when one takes too long. Without a script there is the link.
"use strict";

(() => {
  const next = document.querySelector("a[data-next]");
  if (!next) {
    return;
  }

  const goOn = () => location.replace(next.href);
  // Of this page and all its frames.
  window.addEventListener("load", goOn, { once: true });
  setTimeout(goOn, 5000);
})();
