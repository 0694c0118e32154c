// The sentence that is sought is where the keyboard goes on from, on the scan too; the list of demands, which scrolls by
// itself, shows it as well.
"use strict";

const mark = document.querySelector(".leaf-mark.chosen");
if (mark) {
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}
const list = document.querySelector(".page-grid > aside");
const sought = list?.querySelector(".chosen");
if (sought) list.scrollTop += sought.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
