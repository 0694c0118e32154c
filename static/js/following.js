// Parts of a page that follow a text: what the server answers is put in its place, and nothing else is touched. A row at which
// somebody is working stays as it is and is only told what changed.
"use strict";

const Following = (() => {
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

  // Puts the new children in place of those that differ, and touches no other.
  function patch(old, fresh) {
    const [a, b] = [[...old.children], [...fresh.children]];
    let top = 0;
    while (top < a.length && top < b.length && a[top].isEqualNode(b[top])) top++;
    let end = 0;
    while (end < Math.min(a.length, b.length) - top && a[a.length - 1 - end].isEqualNode(b[b.length - 1 - end])) end++;
    const [gone, come] = [a.slice(top, a.length - end), b.slice(top, b.length - end)];
    if (gone.length === come.length && gone.every((each, at) => each.className === come[at].className && each.matches(".leaf, .text")))
      return gone.forEach((each, at) => patch(each, come[at]));
    const before = a[a.length - end] || null;
    gone.forEach((each) => each.remove());
    for (const each of come) old.insertBefore(document.importNode(each, true), before);
  }

  const busy = (row) => row.contains(document.activeElement) || Boolean(row.querySelector("details[open]"));

  function settle(form, part, pane) {
    const list = form.querySelector(`.rows[data-part=${part}]`);
    const rows = [...list.children];
    const next = [];
    for (const each of [...pane.children]) {
      const was = each.dataset.row ?? each.dataset.was;
      const row = was === undefined ? null : rows[Number(was)];
      if ("row" in each.dataset) {
        if (row) tellRow(row, each.dataset);
      } else if (row && busy(row)) tellRow(row, wordsOf(each));
      else if (each.matches("fieldset")) {
        next.push(document.importNode(each, true));
        continue;
      } else continue;
      if (row) next.push(row);
    }
    next.push(...rows.filter((row) => busy(row) && !next.includes(row)));
    rows.filter((row) => !next.includes(row)).forEach((row) => row.remove());
    next.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] || null));
    number(form, part);
    if (part === "requirements") form.querySelector(".unwanted").replaceChildren(...[...pane.querySelectorAll("input[name=unwanted]")].filter((each) => each.parentElement === pane));
  }

  const wordsOf = (row) => ({
    label: field(row, "label")?.value, words: field(row, "text").value, starts: field(row, "starts")?.value, ends: field(row, "ends")?.value, ...row.dataset,
  });

  function tellRow(row, news) {
    const put = (name, value) => {
      const input = field(row, name);
      if (input && value !== undefined && input !== document.activeElement) input.value = value;
    };
    put("text", news.words);
    if (news.label) put("label", news.label);
    if (!("gone" in news)) put("starts", news.starts), put("ends", news.ends);
    for (const name of ["from", "to"]) news[name] === undefined ? delete row.dataset[name] : (row.dataset[name] = news[name]);
    const label = row.querySelector(".demand-label");
    if (label && news.label) label.textContent = news.label;
    if (news.words !== undefined && row.querySelector(".demand-text")) row.querySelector(".demand-text").textContent = news.words;
    if (row.classList.contains("is-gone") !== "gone" in news) {
      row.classList.toggle("is-gone", "gone" in news);
      field(row, "DELETE").checked = "gone" in news;
    }
  }

  // Rows are named by their places. Radio buttons of two rows must never share a name on the way.
  function number(form, part) {
    const rows = [...form.querySelector(`.rows[data-part=${part}]`).children];
    const wrong = rows.filter((row, at) => !field(row, "text").name.startsWith(`${part}-${at}-`));
    const rename = (row, index) => {
      for (const each of row.querySelectorAll("[name], [id], [for]"))
        for (const name of ["name", "id", "for"])
          if (each.hasAttribute(name)) each.setAttribute(name, each.getAttribute(name).replace(new RegExp(`^((?:id_)?${part}-)[\\w]+(?=-)`), `$1${index}`));
    };
    wrong.forEach((row) => rename(row, `x${rows.indexOf(row)}`));
    wrong.forEach((row) => rename(row, rows.indexOf(row)));
    form.elements[`${part}-TOTAL_FORMS`].value = rows.length;
    form.querySelectorAll(`[data-part=${part}] ~ .rows-none`).forEach((none) => (none.hidden = rows.length > 0));
  }

  // Who may stand behind a line of addressees; true where it is shown now.
  function owners(form, line) {
    const row = form.querySelector(`[name="addressees-${line.dataset.owners}-text"]`)?.closest(".addressee");
    const place = row?.querySelector(".cell-wide:has(.owners)");
    if (!place) return false;
    row.dataset.said = field(row, "text").value;
    row.classList.toggle("is-open", Boolean(line.querySelector(".owners-none")));
    if (place.contains(document.activeElement)) return false;
    place.replaceChildren(...line.childNodes);
    return true;
  }

  function add(form, part) {
    const list = form.querySelector(`.rows[data-part=${part}]`);
    list.append(document.importNode(form.querySelector(`template[data-empty=${part}]`).content, true));
    number(form, part);
    list.lastElementChild.querySelector("details.demand-words")?.setAttribute("open", "");
    field(list.lastElementChild, "text").focus();
  }

  return { add, field, patch, settle, number, owners };
})();
