// The page on which a paper is written: the text goes to the server a moment after the last key, and comes back as the
// paper, the demands and the findings. The text itself is never replaced; an answer to an older text is thrown away.
"use strict";

(() => {
  const form = document.querySelector("form.writer");
  if (!form) return;
  const { field } = Following;
  const area = form.elements.body;
  const annexes = form.elements.annexes;
  const host = form.querySelector(".paper-host");
  const leaves = host.shadowRoot?.querySelector(".leaves");
  const findings = form.querySelector(".findings");
  const fault = form.querySelector(".paper-fault");
  const state = form.querySelector(".writer-live");
  const said = form.querySelector(".writer-said");
  const PAUSE = 90;
  const PATIENCE = 250; // a server slower than this is asked less often
  const WIDE = matchMedia("(min-width: 1100px)");
  let places = [];
  let edition = 0; // of the text: an answer to an older one is thrown away
  let asking = false; // one question at a time
  let waiting = null;
  let spent = 0;
  let timer, sayTimer;
  let unheard = false; // the server does not answer: what is sent now would be lost
  let known = false; // the panes show the text as it stands
  let length = 0; // of the text they show
  let renew = false;
  let everyFix = 0;
  let last = area;

  // ---- what is asked, and when ---------------------------------------------------------------------------------------

  function sent() {
    const data = new FormData(form);
    data.delete("upload");
    return new URLSearchParams(data);
  }

  function changed(pause = PAUSE) {
    known = false;
    edition += 1;
    clearTimeout(timer);
    timer = setTimeout(look, spent > PATIENCE ? Math.min(spent, 1000) : pause);
  }

  async function look(more = {}) {
    if (asking) return void (waiting = { ...waiting, ...more });
    const data = sent();
    for (const row of form.querySelectorAll("[data-part=addressees] > .addressee")) {
      const text = field(row, "text");
      if (text.value.trim() !== row.dataset.said.trim()) data.append("asked", text.name.split("-")[1]);
    }
    if (renew) data.set("renew", "1");
    if (more.all) data.delete("unwanted"), data.set("renew", "1");
    const [mine, start] = [edition, performance.now()];
    asking = true;
    try {
      const answer = await Keeping.post(form, form.dataset.live, data);
      const text = await answer.text();
      if (unheard) said.replaceChildren();
      unheard = false;
      spent = performance.now() - start;
      if (mine === edition) (answer.status === 200 ? take : refused)(new DOMParser().parseFromString(text, "text/html"));
    } catch (error) {
      unheard = true;
      Keeping.sayWhy(error, say, "Chưa xem được bản in. Chữ anh/chị gõ vẫn còn nguyên trên trang này.");
      clearTimeout(timer);
      timer = setTimeout(look, 5000);
    }
    asking = false;
    if (waiting) look(waiting), (waiting = null);
  }

  // A form sent into the void would take what was typed along: the server is asked first.
  async function saveOnce(pressed) {
    while (asking) await new Promise((done) => setTimeout(done, 100));
    await look();
    if (!unheard) form.requestSubmit(pressed);
  }

  function refused(page) {
    const note = page.querySelector(".note");
    leaves?.replaceChildren();
    findings.replaceChildren(note.cloneNode(true));
    fault.hidden = false;
    fault.querySelector("p").textContent = note.textContent.trim();
    if ("secret" in note.dataset) forgetDrafts();
  }

  // ---- what is done with an answer -----------------------------------------------------------------------------------

  function take(page) {
    const pane = (name) => page.querySelector(`[data-pane=${name}]`);
    const paper = pane("paper");
    places = placesOf(paper.dataset.places);
    length = area.value.length;
    known = true;
    renew = false;
    fault.hidden = !paper.dataset.fault;
    fault.querySelector("p").textContent = paper.dataset.fault;
    if (paper.children.length && leaves) {
      here(null);
      Following.patch(leaves, paper);
    }
    if (!findings.contains(document.activeElement)) findings.replaceChildren(...pane("findings").childNodes);
    Following.settle(form, "requirements", pane("requirements"));
    Following.settle(form, "bases", pane("bases"));
    for (const line of page.querySelectorAll("[data-owners]"))
      if (Following.owners(form, line)) (renew = true), changed();
    for (const counts of form.querySelectorAll("[data-counts]")) counts.innerHTML = pane("counts").innerHTML;
    form.querySelectorAll("[data-go]").forEach((go) => (go.hidden = false));
    tell();
    follow();
    if (everyFix) mendAll();
  }

  const placesOf = (text) => text.split(" ").map((pair) => (pair.includes("-") && pair !== "-" ? pair.split("-").map(Number) : null));

  // ---- what is said --------------------------------------------------------------------------------------------------

  function tell() {
    const demands = form.querySelectorAll("[data-part=requirements] > :not(.is-gone)").length;
    form.querySelectorAll("[data-demands]").forEach((each) => (each.textContent = demands));
    const slips = [...findings.querySelectorAll(".slip-total")].map((each) => each.textContent.trim().replace(/^(\d+)\s*/, "$1 "));
    clearTimeout(sayTimer);
    sayTimer = setTimeout(() => {
      state.textContent = `Đã soát: ${slips.join(", ") || "không có lỗi"}, ${demands} yêu cầu`;
    }, 1500);
    folds();
  }

  function say(words, tone = "", login = "") {
    const line = document.createElement("p");
    line.className = `said ${tone && `said-${tone}`}`;
    line.textContent = words;
    if (login) {
      const link = document.createElement("a");
      Object.assign(link, { href: "/", target: "_blank", textContent: login });
      line.append(" ", link, ".");
    }
    said.replaceChildren(line);
  }

  // A folded part says in a line what it holds.
  function folds() {
    const texts = (part) => [...form.querySelectorAll(`[data-part=${part}] > fieldset`)].filter((row) => !field(row, "DELETE").checked).map((row) => field(row, "text").value.trim()).filter(Boolean);
    const picked = (name) => form.elements[name].selectedOptions[0];
    const open = form.querySelectorAll(".addressee.is-open").length;
    const count = (annexes.value.match(/^\s*phụ lục/gimu) || []).length;
    const says = {
      chung: ["division", "authority", "occasion"].map(picked).filter((option) => option?.value).map((option) => option.text).join(" · "),
      addressees: `${texts("addressees").join("; ") || "chưa có dòng nào"}${open ? ` – ${open} dòng chưa gắn đơn vị` : ""}`,
      copies: texts("copies").join("; ") || "chưa có dòng nào",
      bases: texts("bases").length ? `${texts("bases").length} căn cứ` : "chưa có",
      "phu-luc": count ? `${count} phụ lục` : annexes.value.trim() ? "chưa có dòng “Phụ lục”" : "không có",
    };
    for (const [id, words] of Object.entries(says)) document.getElementById(id).querySelector(".fold-says").textContent = words;
  }

  // ---- from the paper, a demand, a finding to the words, and from the words to the paper -------------------------------

  function pane(name) {
    form.dataset.show = name;
    if (name === "demands" || name === "findings") form.dataset.found = name;
    for (const link of form.querySelectorAll("[data-show]"))
      link.setAttribute("aria-current", link.dataset.show === (link.closest(".found-nav") ? form.dataset.found : name));
  }

  function goTo(from, to) {
    pane("text");
    Writing.show(area, Math.min(from, area.value.length), Math.min(to ?? from, area.value.length));
  }

  const blocks = () => [...(leaves?.querySelectorAll(".main > .block") || [])];

  function here(block) {
    leaves?.querySelector(".here")?.classList.remove("here");
    block?.classList.add("here");
  }

  // The paragraph of the cursor is marked on the paper and kept in view there.
  function follow() {
    if (document.activeElement !== area) return;
    const at = area.selectionStart - (known ? 0 : area.value.length - length);
    let index = places.findIndex((place) => place && at >= place[0] && at <= place[1]);
    if (index < 0) index = places.findLastIndex((place) => place && place[1] <= at);
    const block = blocks()[index];
    if (!block || block.classList.contains("here")) return;
    here(block);
    const [seen, box] = [host.parentElement.getBoundingClientRect(), block.getBoundingClientRect()];
    if (box.top < seen.top + 24 || box.bottom > seen.bottom - 24) host.parentElement.scrollTop += box.top - seen.top - Math.max(24, (seen.height - box.height) / 2);
  }

  const letters = (text) => text.replace(/[\s\u2060]/g, "").length;

  function fromPaper(event) {
    const note = event.composedPath().find((each) => each.matches?.("a.slip-no"));
    if (note) {
      event.preventDefault();
      pane("findings");
      form.querySelector(note.getAttribute("href"))?.scrollIntoView({ block: "nearest" });
      return;
    }
    const block = event.composedPath().find((each) => each.matches?.(".main > .block"));
    const place = places[blocks().indexOf(block)];
    if (!place || host.shadowRoot.getSelection?.()?.toString()) return;
    const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY, { shadowRoots: [host.shadowRoot] });
    let before = 0;
    if (caret && block.contains(caret.offsetNode)) {
      const range = document.createRange();
      range.setStart(block.lastElementChild, 0);
      range.setEnd(caret.offsetNode, caret.offset);
      before = letters(range.toString());
    }
    let at = place[0];
    for (; before > 0 && at < place[1]; at++) if (/\S/.test(area.value[at])) before--;
    goTo(at);
  }

  // ---- repairs -------------------------------------------------------------------------------------------------------

  const cutOf = (pressed) => [...pressed.dataset.cut.split("-").map(Number), pressed.dataset.new];

  function mend(pressed) {
    const [from, to, words] = cutOf(pressed);
    pane("text");
    Writing.type(area, from, to, words);
    Writing.show(area, from, from + words.length);
    say("Đã sửa 1 chỗ. Bấm Ctrl+Z để trở lại.", "done");
  }

  // Repairs may uncover others: at most five rounds.
  function mendAll() {
    const cuts = [...findings.querySelectorAll("button[data-cut]")].map(cutOf).sort((one, two) => two[0] - one[0]);
    everyFix = cuts.length && everyFix < 5 ? everyFix + 1 : 0;
    if (!cuts.length) return;
    let text = area.value;
    let reach = Infinity;
    for (const [from, to, words] of cuts) {
      if (to > reach) continue;
      text = text.slice(0, from) + words + text.slice(to);
      reach = from;
    }
    Writing.rewrite(area, text);
    say("Đã sửa mọi chỗ chắc chắn. Hãy đọc lại; bấm Ctrl+Z để trở lại.", "done");
  }

  // ---- the tools -----------------------------------------------------------------------------------------------------

  const failed = () => say("Chưa làm được; hãy thử lại sau giây lát.", "late");

  form.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, a, input");
    if (!pressed) return;
    const { tool, add, show, cut } = pressed.dataset;
    const mending = pressed.value?.startsWith?.("fix:") && (cut || pressed.value === "fix:all");
    const checking = pressed.value === "check";
    if (!(tool || add || show || mending || checking || "go" in pressed.dataset || "tall" in pressed.dataset || pressed.matches("a[href^='#cho-']"))) return;
    event.preventDefault();
    if (show) pane(show);
    else if (add) Following.add(form, add);
    else if (checking) pane("findings"), changed(0);
    else if (mending && !known) say("Đang soát lại nội dung vừa gõ; hãy bấm lại.");
    else if (cut) mend(pressed);
    else if (mending) (everyFix = 1), mendAll();
    else if (tool === "reread") look({ all: true });
    else if (tool === "renumber") Keeping.renumber(form, last, say).catch(failed);
    else if (tool === "word") Keeping.fromFile(form, say).catch(failed);
    else if (tool) Writing.TOOLS[tool](tool === "annex" ? annexes : last);
    else if ("tall" in pressed.dataset) pressed.setAttribute("aria-pressed", form.classList.toggle("is-tall"));
    else {
      const row = pressed.closest("[data-from]");
      if (row) goTo(Number(row.dataset.from), Number(row.dataset.to));
      else host.parentElement.scrollTo({ top: 0 });
    }
  });

  form.addEventListener("submit", (event) => {
    if (!unheard || event.submitter?.formTarget === "_blank") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    idle(form);
    saveOnce(event.submitter);
  });
  const typed = Keeping.keeper(form, said, sent, say);

  // ---- beginning -----------------------------------------------------------------------------------------------------

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    typed();
    const row = event.target.closest("fieldset.draft-row");
    if (row && field(row, "fresh")) field(row, "fresh").value = "";
    if (event.target.closest("[data-part=addressees]")) renew = true;
    if (event.isComposing) (known = false), (edition += 1), clearTimeout(timer);
    else changed();
  });
  form.addEventListener("compositionend", () => changed());
  form.addEventListener("toggle", (event) => {
    const fresh = event.target.open && event.target.closest("fieldset.draft-row")?.querySelector("[name$=-fresh]");
    if (fresh && event.target.matches(".chip, .demand-words")) fresh.value = "";
  }, true);
  for (const text of [area, annexes]) {
    text.addEventListener("keydown", (event) => Writing.enter(event, text));
    text.addEventListener("paste", (event) => Pasting.paste(event, text));
    text.addEventListener("focus", () => (last = text));
  }
  document.addEventListener("selectionchange", () => requestAnimationFrame(follow));
  host.shadowRoot?.addEventListener("click", fromPaper);
  new ResizeObserver(([box]) => host.style.setProperty("--zoom", Math.min(1.15, WIDE.matches ? (box.contentRect.width - 24) / 793.7 : (box.contentRect.width - 8) / 691.7))).observe(host.parentElement);

  form.classList.add("is-live");
  form.querySelectorAll("[data-tool], [data-tall], [data-go]").forEach((each) => (each.hidden = false));
  places = placesOf(host.dataset.places);
  length = area.value.length;
  known = true;
  const hash = location.hash.slice(1);
  form.dataset.found = hash === "soat" || hash.startsWith("phat-hien") ? "findings" : "demands";
  pane({ "ban-in": "paper", requirements: "demands", soat: "findings" }[hash] || "text");
  document.getElementById(hash)?.closest("details.fold")?.setAttribute("open", "");
  tell();
  if ("typed" in form.dataset) typed();
})();
