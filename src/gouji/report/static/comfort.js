// Comfort for readers with scripts: keys, filters, and evidence that lights up. Nothing depends on it.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const findings = () => all(".finding").filter((one) => one.offsetParent !== null);
  const written = (output, shown, total) => {
    output.textContent = output.dataset.words.replace("{shown}", shown).replace("{all}", total);
  };

  // a place within something folded: unfold it first
  const unfold = () => {
    const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!named) return;
    let fold = named.closest("details");
    const folded = fold && !fold.open;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (folded) named.scrollIntoView({ block: named.matches("details") ? "start" : "center" });
  };
  addEventListener("hashchange", unfold);
  unfold();

  // j and k walk the findings
  let here = null;
  const goTo = (one, from) => {
    if (!one) return;
    if (here) here.classList.remove("here");
    here = one;
    one.classList.add("here");
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start" });
    one.dispatchEvent(new CustomEvent("gouji:here", { bubbles: true, detail: from }));
  };
  const step = (by) => {
    const shown = findings();
    const now = shown.indexOf(document.activeElement?.closest(".finding") ?? here);
    const next = shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : now + by];
    if (next) goTo(next);
    else dispatchEvent(new CustomEvent("gouji:end", { detail: by })); // the list may go on
  };
  addEventListener("gouji:step", (event) => step(event.detail));
  addEventListener("gouji:go", (event) => goTo(document.getElementById(event.detail)));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else return;
    event.preventDefault();
  });

  // filters of findings: what is not ticked is not shown
  for (const form of all("[data-filters]")) {
    form.hidden = false;
    const lets = (one) =>
      all("input[type=checkbox]", form).every((box) => box.checked || one.dataset[box.name] !== box.value);
    const apply = () => {
      const every = all(".finding");
      for (const one of every) one.hidden = !lets(one);
      for (const group of all(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
      const shown = every.filter((one) => !one.hidden).length;
      for (const output of all("[data-count]", form)) written(output, shown, every.length);
    };
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  // filter of the ledger
  for (const form of all("[data-record-filter]")) {
    form.hidden = false;
    const chapters = all("#record .chapter");
    const lines = all("#record .entries li").map((line) => [line, line.textContent.toLowerCase()]);
    const apply = () => {
      const sought = form.elements.record.value.trim().toLowerCase();
      let shown = 0;
      for (const [line, said] of lines) {
        line.hidden = sought !== "" && !said.includes(sought);
        if (!line.hidden) shown += 1;
      }
      for (const chapter of chapters) {
        chapter.hidden = !chapter.querySelector("li:not([hidden])");
        if (sought) chapter.open = true;
      }
      for (const output of all("[data-count]", form)) written(output, shown, lines.length);
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  // a finding lights its boxes, a box its findings
  const light = (names) => {
    for (const box of all("[data-findings]")) {
      const own = box.dataset.findings.split(" ").some((name) => names.includes(name));
      box.classList.toggle("on", own);
      box.classList.toggle("off", names.length > 0 && !own);
    }
  };
  const lit = (target) => {
    const one = target?.closest?.(".finding");
    const box = target?.closest?.("[data-findings]");
    return one ? [one.id] : box ? box.dataset.findings.split(" ") : here ? [here.id] : [];
  };
  addEventListener("pointerover", (event) => light(lit(event.target)));
  addEventListener("focusin", (event) => {
    const one = event.target.closest?.(".finding");
    if (one && one !== here) {
      here?.classList.remove("here");
      here = one;
      one.classList.add("here");
    }
    light(lit(event.target));
  });
  addEventListener("gouji:here", (event) => light([event.target.id]));
  addEventListener("gouji:laid", () => light(lit(document.activeElement))); // boxes that came later
  addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-findings]");
    if (!box) return;
    const names = box.dataset.findings.split(" ").filter((name) => document.getElementById(name)?.offsetParent);
    const next = names[(names.indexOf(here?.id) + 1) % names.length]; // once more: the next finding here
    if (!next) return; // its finding is filtered out, or on another page
    event.preventDefault();
    goTo(document.getElementById(next), box);
  });
})();
