// While something runs, what the page says of it is brought up to date. Without a script there is the link.
"use strict";

(() => {
  const id = "progress";
  const every = 1000;

  const look = async () => {
    const shown = document.getElementById(id);
    if (!shown?.classList.contains("running")) {
      return;
    }

    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      if (!answer.ok || !page) {
        return;
      }

      if (!page.classList.contains("running")) {
        // It ended: the lines are shown too.
        location.reload();
        return;
      }

      shown.replaceChildren(...page.childNodes);
    } catch {
      // Not reached: the next look may be.
    }

    setTimeout(look, every);
  };

  setTimeout(look, every);
})();
