// Help while a paper is written: numbers go on by themselves, tables and notes are put in. Everything is done as the
// keyboard does it, so that Ctrl+Z takes it back, and nothing while a letter is being composed.
"use strict";

const Writing = (() => {
  const LETTERS = "abcdđeghiklmnopqrstuvxy";
  const ROMAN = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
  const LABEL = /^(\s*)(?:(Điều) (\d+)([.:])|([IVXLC]+|[A-ZĐ])([.)])|(\d+(?:\.\d+)+|\d+(?=[.)]))([.)]?)|([a-zđ])([.)])|([-–+•*]))(?:\s+|$)/u;
  const ROW = /^\s*\|.*\|\s*$/;

  const roman = (number) => {
    let text = "";
    for (const [value, sign] of ROMAN) for (; number >= value; number -= value) text += sign;
    return text;
  };
  const fromRoman = (text) => {
    for (let number = 1; number < 60; number++) if (roman(number) === text) return number;
    return 0;
  };
  const letter = (index) => LETTERS[index] || "";

  // The label after this one, as Vietnamese papers count: c, d, đ, e, g; empty where there is none.
  function following(found) {
    const [, indent, word, article, mark, capital, stop, figures, dot, small, bracket, sign] = found;
    const next = (sign) => letter(LETTERS.indexOf(sign) + 1);
    if (word) return `${indent}${word} ${Number(article) + 1}${mark}`;
    if (/^[IVX]+$/.test(capital) && fromRoman(capital)) return `${indent}${roman(fromRoman(capital) + 1)}${stop}`;
    if (capital) return next(capital.toLowerCase()) && `${indent}${next(capital.toLowerCase()).toUpperCase()}${stop}`;
    if (figures) return `${indent}${figures.replace(/\d+$/, (last) => Number(last) + 1)}${dot}`;
    if (small) return next(small) && `${indent}${next(small)}${bracket}`;
    return `${indent}${sign}`;
  }

  // Puts words in place of a stretch, as typing would.
  function type(area, from, to, words) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    if (words === "" && from === to) return;
    if (words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words)) return;
    area.setRangeText(words, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // Makes the text another one by changing only what differs, so that the cursor and one step back make sense.
  function rewrite(area, text) {
    const old = area.value;
    let from = 0;
    while (from < old.length && from < text.length && old[from] === text[from]) from++;
    let same = 0;
    while (same < old.length - from && same < text.length - from && old[old.length - 1 - same] === text[text.length - 1 - same]) same++;
    if (old !== text) type(area, from, old.length - same, text.slice(from, text.length - same));
  }

  // Selects a stretch and brings it to the middle of what is seen. A copy of the text tells where it stands.
  function show(area, from, to = from) {
    const style = getComputedStyle(area);
    const copy = document.createElement("div");
    const mark = document.createElement("span");
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "tabSize"]) copy.style[name] = style[name];
    Object.assign(copy.style, {
      position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", overflow: "hidden",
      top: `${area.offsetTop - area.scrollTop}px`, left: `${area.offsetLeft}px`, width: `${area.offsetWidth}px`,
    });
    mark.textContent = area.value.slice(from, to) || "\u200b";
    copy.append(area.value.slice(0, from), mark);
    area.parentElement.append(copy);
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    if (area.scrollHeight > area.clientHeight + 4) area.scrollTop = mark.offsetTop - area.clientHeight / 2;
    copy.style.top = `${area.offsetTop - area.scrollTop}px`;
    mark.scrollIntoView({ block: "center" });
    copy.remove();
  }

  function lineAt(area) {
    const at = area.selectionStart;
    const from = area.value.lastIndexOf("\n", at - 1) + 1;
    const end = area.value.indexOf("\n", at);
    return { at, from, to: end < 0 ? area.value.length : end, text: area.value.slice(from, end < 0 ? undefined : end) };
  }

  // Enter after "1. …" begins "2. "; on a label that says nothing it ends the list. Rows of a table likewise.
  function enter(event, area) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || area.selectionStart !== area.selectionEnd) return;
    const line = lineAt(area);
    const label = LABEL.exec(line.text);
    const row = ROW.test(line.text) && line.at === line.to;
    if (!row && (!label || (line.at < line.from + label[0].length && line.text.length > label[0].length))) return;
    const empty = row ? !/[^|\s]/.test(line.text) : line.text.trimEnd().length <= label[0].trimEnd().length;
    const next = row ? `${"|  ".repeat(line.text.split("|").length - 2)}|` : following(label) && `${following(label)} `;
    if (!empty && !next) return;
    event.preventDefault();
    if (empty) return type(area, line.from, line.to, "");
    type(area, line.at, line.at, `\n${next}`);
    if (row) area.setSelectionRange(line.at + 3, line.at + 3);
  }

  const TOOLS = {
    table(area) {
      const line = lineAt(area);
      const head = "| STT | Nội dung | Ghi chú |";
      const start = line.text.trim() ? line.to : line.from;
      type(area, start, start, `${line.text.trim() ? "\n" : ""}${head}\n| 1 |  |  |\n| 2 |  |  |${start === line.from && line.to < area.value.length ? "" : "\n"}`);
      const place = area.value.indexOf(head, Math.max(0, start - 1)) + head.length + 7;
      show(area, place);
    },
    note(area) {
      const numbers = [...area.value.matchAll(/\[(\d{1,3})\]/g)].map((found) => Number(found[1]));
      const mark = `[${Math.max(0, ...numbers) + 1}]`;
      const at = area.selectionEnd;
      type(area, at, at, mark);
      const end = area.value.trimEnd().length;
      type(area, end, area.value.length, `\n${mark} `);
      show(area, area.value.length);
    },
    annex(area) {
      const count = (area.value.match(/^\s*phụ lục/gimu) || []).length;
      const begin = area.value.trim() ? `${area.value.trimEnd()}\n\n` : "";
      const label = count ? `Phụ lục ${roman(count + 1)}` : "Phụ lục";
      rewrite(area, `${begin}${label}\nTÊN PHỤ LỤC\n`);
      show(area, begin.length + label.length + 1, area.value.trimEnd().length);
    },
  };

  return { type, rewrite, show, enter, following, roman, letter, TOOLS };
})();
