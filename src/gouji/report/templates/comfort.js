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
  const goTo = (one) => {
    if (!one) return;
    if (here) here.classList.remove("here");
    here = one;
    one.classList.add("here");
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "start" });
    one.dispatchEvent(new CustomEvent("gouji:here", { bubbles: true }));
  };
  const step = (by) => {
    const shown = findings();
    const now = shown.indexOf(document.activeElement?.closest(".finding") ?? here);
    goTo(shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : now + by]);
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else return;
    event.preventDefault();
  });

  // filters of findings
  for (const form of all("[data-filters]")) {
    form.hidden = false;
    const apply = () => {
      const wanted = {};
      for (const box of all("input[type=checkbox]", form)) (wanted[box.name] ??= new Map()).set(box.value, box.checked);
      for (const list of all("select", form)) if (list.value) wanted[list.name] = new Map([[list.value, true]]);
      const every = all(".finding");
      let shown = 0;
      for (const one of every) {
        one.hidden = Object.entries(wanted).some(([name, values]) =>
          values.size === 1 && [...values.values()][0]
            ? form.querySelector(`select[name=${name}]`) && !values.has(one.dataset[name])
            : values.has(one.dataset[name]) && !values.get(one.dataset[name]));
        if (!one.hidden) shown += 1;
      }
      for (const group of all(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
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
    for (const box of all("rect[data-findings]")) {
      const own = names.length > 0 && box.dataset.findings.split(" ").some((name) => names.includes(name));
      box.classList.toggle("on", own);
      box.classList.toggle("off", names.length > 0 && !own && box.ownerSVGElement.querySelector(names.map((n) => `rect[data-findings~="${n}"]`).join()) !== null);
    }
  };
  const over = (event) => {
    const one = event.target.closest?.(".finding");
    const box = event.target.closest?.("rect[data-findings]");
    light(one ? [one.id] : box ? box.dataset.findings.split(" ") : []);
  };
  addEventListener("pointerover", over);
  addEventListener("focusin", over);
  addEventListener("click", (event) => {
    const box = event.target.closest?.("rect[data-findings]");
    if (box) goTo(document.getElementById(box.dataset.findings.split(" ")[0]));
  });
})();
