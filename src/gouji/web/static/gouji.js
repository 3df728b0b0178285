// The web page with scripts: uploads with progress, a list that follows, pages that light up. Forms work without.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const said = (element, words) => element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const tell = (sentence) => { const place = one("[data-told]"); if (place) place.textContent = sentence; };
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
  const WAITING = ["queued", "checking"];

  // --- the page of a document that is being checked ---------------------------------------
  const waiting = one("[data-waiting]");
  const step = ({ stage, page, pages }) => {
    const steps = all("[data-steps] li", waiting);
    const at = steps.findIndex((one) => one.dataset.stage === stage);
    steps.forEach((one, n) => {
      one.classList.toggle("over", n < at);
      if (n === at) one.setAttribute("aria-current", "step"); else one.removeAttribute("aria-current");
    });
    const counted = one("[data-steps] [data-pages]", waiting);
    if (pages) counted.textContent = said(counted, { n: page, all: pages });
    const state = one("[data-said]", waiting);
    const words = said(state, { stage: one(".what", steps[at]).textContent });
    if (state.textContent !== words) state.textContent = words;
  };
  if (waiting && WAITING.includes(waiting.dataset.state)) {
    const look = async () => {
      try {
        const answer = await fetch(`/api/v1/documents/${waiting.dataset.waiting}`);
        const { state, elapsed, progress } = await answer.json();
        if (answer.ok && state !== waiting.dataset.state && !WAITING.includes(state)) return location.reload();
        const shown = one("[data-elapsed]", waiting);
        if (answer.ok && shown) shown.textContent = said(shown, { seconds: Math.round(elapsed) });
        if (answer.ok && progress) step(progress);
      } catch { /* the server is away for a moment */ }
      setTimeout(look, 250);
    };
    setTimeout(look, 250);
  }

  // --- moments, in the reader's own time ---------------------------------------------------
  const localise = (within) => {
    for (const moment of all("time[datetime]", within)) {
      const at = new Date(moment.dateTime);
      const two = (n) => String(n).padStart(2, "0");
      if (!Number.isNaN(+at)) moment.textContent = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
    }
  };
  localise(document);

  // --- who reviews, as he said last -------------------------------------------------------
  const NAME = "gouji.by";
  const fillIn = (within) => {
    for (const field of all("input[name=by]", within)) field.value ||= localStorage.getItem(NAME) ?? "";
  };

  // --- handing in -------------------------------------------------------------------------
  const sendForm = (form) => {
    const sending = one("[data-sending]", form);
    const files = one("input[type=file]", form).files;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = (event) => { one("progress", sending).value = event.loaded / event.total; };
    request.onloadend = () => {
      sending.hidden = true;
      for (const button of all("button", form)) button.disabled = false;
      const page = parsed(request.responseText);
      const refused = one("#refused .refused, [role=alert]", page);
      if (request.status >= 200 && request.status < 300 && !refused) {
        if (request.responseURL.split(/[?#]/)[0] === location.origin + location.pathname) renew(page);
        else location.assign(request.responseURL);
        form.reset();
      } else {
        one("#refused")?.replaceChildren(...(refused ? [refused] : []));
        renew(page);
        if (!refused && !request.status) form.submit();
      }
    };
    one("[data-words]", sending).textContent = said(one("[data-words]", sending), { n: files.length || 1 });
    sending.hidden = false;
    const data = new FormData(form);
    for (const button of all("button", form)) button.disabled = true;
    request.send(data);
  };
  for (const form of all("[data-upload]")) {
    const drop = one("[data-drop]", form);
    const input = one("input[type=file]", form);
    const over = (on) => (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      drop.classList.toggle("over", on);
    };
    addEventListener("dragover", over(true));
    addEventListener("dragleave", over(false));
    addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      over(false)(event);
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      if (!input.files.length) return; // text goes the plain way
      event.preventDefault();
      sendForm(form);
    });
  }

  // --- the list ---------------------------------------------------------------------------
  const renew = (page) => {
    const list = one("[data-list]");
    const fresh = one("[data-list]", page);
    if (!list || !fresh) return;
    localise(fresh);
    const now = new Map(all("tbody tr", list).map((row) => [row.id, row]));
    const next = all("tbody tr", fresh);
    if (!one("tbody", list) || next.some((row) => !now.has(row.id)) || next.length !== now.size) {
      const focused = document.activeElement?.closest("tr")?.id;
      list.replaceChildren(...fresh.childNodes);
      if (focused) document.getElementById(focused)?.querySelector("a")?.focus();
    } else {
      for (const row of next) {
        const old = now.get(row.id);
        if (old.dataset.state !== row.dataset.state && !WAITING.includes(row.dataset.state)) {
          tell(`${one(".name a", row).textContent}：${one(".result", row).textContent.trim()}`);
        }
        if (old.dataset.state !== row.dataset.state) { old.replaceWith(row); continue; }
        const [was, is] = [one(".result", old), one(".result", row)];
        if (was.innerHTML !== is.innerHTML) was.replaceWith(is);
      }
      one(".states", list).replaceWith(one(".states", fresh));
    }
    follow();
  };
  let following = 0;
  const follow = () => {
    clearTimeout(following);
    if (!one("[data-list] tr:is([data-state=queued], [data-state=checking])")) return;
    following = setTimeout(async () => {
      try {
        const answer = await fetch(location.pathname + location.search);
        if (answer.ok) return renew(parsed(await answer.text()));
      } catch { /* the server is away for a moment */ }
      follow();
    }, 800);
  };
  if (one("[data-list]")) follow();

  // --- the list of findings: the page brings the first, the others follow -------------------
  const list = one("[data-list-of-findings]");
  const asking = one("[data-ask]");
  const further = () => list && one("[data-further]", list);
  const fragment = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return parsed(await answer.text());
  };
  const partOf = (link, all) => {
    const address = new URL(link.href);
    address.pathname += "/findings";
    if (all) address.searchParams.set("rest", "true");
    return address;
  };
  const add = (link, page) => {
    if (!link.isConnected) return; // another filter was chosen meanwhile
    const part = one("[data-part]", page);
    localise(part);
    fillIn(part);
    one(".back-to-top", part)?.remove();
    link.closest(".further").replaceWith(...part.childNodes);
  };
  let coming = null;
  const more = () => {
    const link = further();
    if (!link) return Promise.resolve(false);
    coming ??= fragment(partOf(link)).then((page) => { add(link, page); return true; }, () => false).finally(() => { coming = null; });
    return coming;
  };
  const everything = async () => { while (further() && await more()); };
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 200));
  const followOn = () => { if (further()) idle(async () => { if (await more()) followOn(); }); };
  addEventListener("beforeprint", () => { // paper waits for nothing: all of it at once
    const link = further();
    if (!link) return;
    const request = new XMLHttpRequest();
    request.open("GET", partOf(link, true), false);
    request.send();
    if (request.status === 200) add(link, parsed(request.responseText));
  });
  addEventListener("gouji:end", async (event) => {
    if (event.detail > 0 && await more()) dispatchEvent(new CustomEvent("gouji:step", { detail: 1 }));
  });
  const need = async (id) => {
    if (!document.getElementById(id)) await everything();
    return document.getElementById(id);
  };
  addEventListener("hashchange", async () => {
    const id = location.hash.slice(1);
    if (!id.startsWith("f-") && id !== "across") return;
    if (document.getElementById(id)) return;
    const found = await need(id);
    if (found?.matches(".finding")) dispatchEvent(new CustomEvent("gouji:go", { detail: id }));
    else found?.scrollIntoView({ block: "start" });
  });
  const asked = () => {
    const lists = all("select", asking).filter((choice) => choice.value);
    return new URLSearchParams(lists.map((choice) => [choice.name, choice.value])).toString();
  };
  const ask = async () => {
    const query = asked();
    const page = await fragment(`${location.pathname}/findings${query && `?${query}`}`).catch(() => null);
    if (!page) return asking.submit();
    if (query !== asked()) return; // chosen again meanwhile
    const part = one("[data-part]", page);
    localise(part);
    fillIn(part);
    one("[data-count]", asking).textContent = part.dataset.count;
    list.replaceChildren(...part.childNodes);
    followOn();
  };
  if (asking && list) {
    for (const button of all("[data-plain]", asking)) button.hidden = true;
    asking.addEventListener("submit", (event) => event.preventDefault());
    asking.addEventListener("change", () => {
      const query = asked();
      history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
      ask();
    });
  }
  addEventListener("click", async (event) => {
    const link = event.target.closest?.("[data-whole]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const page = await fragment(link.href).catch(() => null);
    const finding = link.closest(".finding");
    const whole = page?.getElementById(finding.id);
    if (!whole) return location.assign(link.href);
    for (const fold of all("details.more", whole)) fold.open = true;
    const sum = one(".sum", finding);
    sum.replaceChildren(...one(".sum", whole).childNodes);
    localise(sum);
    fillIn(sum);
    finding.focus({ preventScroll: true });
  });

  // --- other documents --------------------------------------------------------------------
  const renewTold = (page) => {
    one("#tallies").replaceChildren(...one("#tallies", page).childNodes);
    for (const choice of all("[data-ask] select")) {
      const chosen = choice.value;
      choice.replaceChildren(...one(`[data-ask] select[name=${choice.name}]`, page).childNodes);
      choice.value = chosen;
    }
  };
  const lookBeside = async () => {
    const block = one("[data-beside]");
    if (block?.dataset.beside !== "pending") return;
    const fresh = await fragment(`${location.pathname}/beside`).then((page) => one("[data-beside]", page), () => null);
    if (!fresh || fresh.dataset.beside === "pending") return setTimeout(lookBeside, 500);
    const changed = fresh.dataset.found !== block.dataset.found;
    block.replaceWith(fresh);
    if (!changed) return;
    if (!list) return location.reload();
    const page = await fragment(location.href).catch(() => null);
    if (!page) return;
    renewTold(page);
    const here = document.activeElement?.closest(".finding")?.id;
    await ask();
    if (here) (await need(here))?.focus({ preventScroll: true });
    await layBoxes();
  };
  setTimeout(lookBeside, 400);

  // --- pages beside findings --------------------------------------------------------------
  const pane = one("[data-pages]");
  const layImages = () => {
    for (const sheet of all(".sheet-image", pane)) {
      const { index, width, height } = sheet.dataset;
      const image = new Image(width, height);
      const at = (zoom) => `/api/v1/documents/${pane.dataset.sheets}/pages/${index}/image?zoom=${zoom}`;
      image.loading = "lazy";
      image.decoding = "async";
      image.alt = said(pane, { n: index });
      image.sizes = "(min-width: 68rem) 52vw, 96vw";
      image.srcset = [1, 1.5, 2, 3].map((zoom) => `${at(zoom)} ${Math.round(width * zoom)}w`).join(", ");
      image.src = at(1.5);
      one(".canvas", sheet).replaceChildren(image);
    }
  };
  const layBoxes = async () => {
    if (!pane?.dataset.sheets || !(one("[data-marked]", pane) || one("[data-beside]")?.dataset.found > 0)) return;
    const page = await fragment(`${location.pathname}/boxes`).catch(() => null);
    for (const svg of page ? all("svg[data-index]", page) : []) {
      const canvas = one(`#page-${svg.dataset.index} .canvas`, pane);
      one("svg", canvas)?.remove();
      canvas.append(svg);
    }
    dispatchEvent(new CustomEvent("gouji:laid"));
  };
  const loadText = async () => {
    const place = pane && one("[data-load]", pane);
    const page = place && await fragment(place.dataset.load).catch(() => null);
    if (!page) return;
    place.replaceWith(...page.body.childNodes);
    dispatchEvent(new CustomEvent("gouji:laid"));
  };
  if (pane?.dataset.sheets) layImages();
  const laid = Promise.all([layBoxes(), loadText()]);
  const isBeside = () => matchMedia("(min-width: 68rem)").matches;
  const centre = (mark) => {
    if (!isBeside()) { mark.scrollIntoView({ block: "center", inline: "center" }); return; }
    const [box, frame] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
    const seen = [Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)];
    pane.scrollBy({
      top: box.top + box.height / 2 - (seen[0] + seen[1]) / 2,
      left: box.width > frame.width ? box.left - frame.left - 12 : box.left + box.width / 2 - frame.left - frame.width / 2,
    });
  };
  const boxesOf = (finding, within = pane) =>
    all(`rect[data-findings~="${CSS.escape(finding.id)}"]`, within)
      .sort((a, b) => b.classList.contains("figure") - a.classList.contains("figure"));
  const back = document.createElement("button");
  const comeBack = (finding) => {
    back.type = "button";
    back.className = "back";
    back.textContent = `↑ ${one(".number", finding).textContent}`;
    back.onclick = () => { finding.scrollIntoView({ block: "start" }); back.remove(); };
    document.body.append(back);
  };
  if (pane) {
    addEventListener("gouji:here", (event) => {
      if (event.detail || !isBeside()) return; // it came from a box, which is in view
      const [box] = boxesOf(event.target);
      if (box) centre(box);
      else { const said = one(`.pointed[data-findings~="${CSS.escape(event.target.id)}"]`, pane); if (said) centre(said); }
    });
    addEventListener("click", async (event) => {
      const finding = event.target.closest?.(".finding");
      if (!finding) return;
      const place = event.target.closest("cite a");
      if (place && place.pathname !== location.pathname) return; // another document
      if (place) {
        const text = one("[data-load]", pane);
        if (!text && !document.getElementById(place.hash.slice(1))) return;
        event.preventDefault();
        await laid;
        const target = document.getElementById(place.hash.slice(1));
        const mark = target?.matches(".sheet-image") ? boxesOf(finding, target)[0] ?? target : target;
        if (!mark) return;
        finding.classList.add("seen");
        finding.focus({ preventScroll: true });
        centre(mark);
        if (!isBeside()) comeBack(finding);
        return;
      }
      if (!event.target.closest("a, button, input, textarea, select, summary")) finding.focus({ preventScroll: true });
    });
    addEventListener("focusin", (event) => {
      const finding = event.target.closest?.(".finding");
      if (!finding || !isBeside() || finding.matches(".seen")) return;
      for (const other of all(".finding.seen")) other.classList.remove("seen");
      finding.classList.add("seen");
      const box = boxesOf(finding)[0] ?? one(`.pointed[data-findings~="${CSS.escape(finding.id)}"]`, pane);
      if (box && !event.target.closest("cite")) centre(box);
    });
  }

  // begin where the first finding is, or the one the address names
  const begin = async () => {
    await laid;
    const named = location.hash.startsWith("#f-") && await need(location.hash.slice(1));
    const first = named || document.activeElement?.closest(".finding") || one(".finding:not([hidden])");
    const [box] = first && pane ? boxesOf(first) : [];
    if (box && isBeside()) centre(box);
    if (named) { named.classList.add("seen", "here"); named.focus({ preventScroll: true }); named.scrollIntoView({ block: "start" }); }
    followOn();
  };
  begin();

  // zoom and leafing
  const tools = one("[data-tools]");
  if (pane && tools) {
    tools.hidden = false;
    const sheets = all(".sheet-image", pane);
    const [pageNow, scaleNow] = [one("[data-page]", tools), one("[data-scale]", tools)];
    const current = () => {
      const middle = pane.getBoundingClientRect().top + pane.clientHeight / 3;
      return sheets.findLast((sheet) => sheet.getBoundingClientRect().top <= middle) ?? sheets[0];
    };
    const show = () => { pageNow.textContent = said(pageNow, { n: current().dataset.index, all: sheets.length }); };
    let zoom = 1;
    const zoomTo = (wanted) => {
      const before = zoom;
      zoom = Math.min(4, Math.max(0.5, wanted));
      const [x, y] = [pane.scrollLeft + pane.clientWidth / 2, pane.scrollTop + pane.clientHeight / 2];
      pane.style.setProperty("--zoom", zoom);
      pane.scrollTo((x * zoom) / before - pane.clientWidth / 2, (y * zoom) / before - pane.clientHeight / 2);
      for (const image of all("img", pane)) image.sizes = `${Math.round(pane.clientWidth * zoom)}px`;
      scaleNow.textContent = `${Math.round(zoom * 100)}%`;
      show();
    };
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.zoom) zoomTo({ in: zoom * 1.25, out: zoom / 1.25, fit: 1 }[button.dataset.zoom]);
      if (button?.dataset.turn) {
        const next = sheets[sheets.indexOf(current()) + Number(button.dataset.turn)];
        if (next) pane.scrollBy({ top: next.getBoundingClientRect().top - pane.getBoundingClientRect().top });
      }
    });
    pane.addEventListener("scroll", show, { passive: true });
    pane.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
    }, { passive: false });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
      if (event.key === "+" || event.key === "=") zoomTo(zoom * 1.25);
      if (event.key === "-") zoomTo(zoom / 1.25);
      if (event.key === "0") zoomTo(1);
    });
    if (isBeside()) show();
    else zoomTo(1.8); // a page as wide as a telephone cannot be read
  }

  // --- deciding ---------------------------------------------------------------------------
  fillIn(document);
  addEventListener("submit", async (event) => {
    const form = event.target.closest?.("[data-decide]");
    if (!form) return;
    event.preventDefault();
    const finding = form.closest(".finding");
    const data = new FormData(form, event.submitter);
    if (data.get("by")) localStorage.setItem(NAME, data.get("by"));
    const verdict = event.submitter?.textContent.trim() ?? "";
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "finding" } }).catch(() => null);
    if (!answer) return form.submit();
    const page = parsed(await answer.text());
    const fresh = page.getElementById(finding.id);
    if (!fresh) return tell(one("[role=alert]", page)?.textContent ?? `${answer.status}`);
    finding.replaceWith(fresh);
    fillIn(fresh);
    localise(fresh);
    renewTold(page);
    fresh.focus({ preventScroll: true });
    tell(`${one(".number", fresh).textContent}：${verdict}`);
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    const finding = document.activeElement?.closest(".finding") ?? one(".finding.here");
    if (!finding || !one("[data-decide]", finding)) return;
    if (event.key === "c") one("button[value=confirmed]", finding).click();
    else if (event.key === "d") one("input[name=reason]", finding).focus();
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("input[name=by]")) return;
    event.preventDefault();
    one(".remark-fields button", event.target.form).click();
  });
  addEventListener("click", (event) => {
    for (const menu of all(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
})();
