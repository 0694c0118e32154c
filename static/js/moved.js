// The panel of moved dates beside a draft that is being written: it finds its words in the text, and lets go of those that
// were written otherwise. Without this script its buttons work all the same.
"use strict";

(() => {
  const texts = ["body", "subject", "annexes"].map((name) => document.getElementById(`id_${name}`)).filter(Boolean);
  const bound = (words) => new RegExp(`(?<![\\p{L}\\p{N}/])${words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?![\\p{L}\\p{N}]|/\\d)`, "u");

  function find(words) {
    for (const text of texts) {
      const at = text.value.search(bound(words));
      if (at < 0) continue;
      text.closest("details")?.setAttribute("open", "");
      text.blur();
      text.setSelectionRange(at, at);
      text.focus(); // scrolls to the place
      text.setSelectionRange(at, at + words.length);
      text.scrollIntoView({ block: "nearest" });
      return;
    }
  }

  function letGo() {
    const panel = document.getElementById("ngay-da-chuyen");
    const rows = [...(panel?.querySelectorAll("li[data-words]") ?? [])];
    for (const row of rows) row.hidden = !texts.some((text) => bound(row.dataset.words).test(text.value));
    const count = panel?.querySelector("[data-open]");
    if (count) count.textContent = rows.filter((row) => !row.hidden).length;
  }

  document.addEventListener("click", (event) => {
    const words = event.target.closest?.("[data-find]")?.dataset.find;
    if (words) find(words);
  });
  document.addEventListener("input", (event) => texts.includes(event.target) && letGo());
  document.addEventListener("htmx:afterSettle", () => {
    letGo();
    if (document.activeElement === document.body) document.querySelector(".moved-list li:not([hidden]) button")?.focus();
  });
  const asked = new URLSearchParams(location.search).get("tim");
  const row = asked && [...document.querySelectorAll("li[data-key]")].find((each) => each.dataset.key === asked);
  if (row) find(row.dataset.words);
})();
