// From a cell to the sentence it answers: the cell in hand shows a small link to the demand's place in the signed paper,
// the same that stands in the head of its column.
"use strict";

const matrix = document.querySelector(".matrix");
const sources = matrix ? [...matrix.querySelectorAll("thead th")].map((head) => head.querySelector("a")) : [];
const source = document.createElement("a");
source.className = "cell-source no-print";
source.innerHTML =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M14 3v4a1 1 0 0 0 1 1h4M17 21H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h7l5 5v11a2 2 0 0 1-2 2zM9 13h6M9 17h6"/></svg>';

const offer = (event) => {
  const cell = event.target.closest("td");
  const asked = cell?.querySelector(".cell") && sources[cell.cellIndex];
  if (!asked || source.parentNode === cell) return;
  source.href = asked.href;
  source.title = asked.title;
  source.setAttribute("aria-label", `Câu của yêu cầu ${asked.textContent} trong văn bản`);
  cell.append(source);
};

matrix?.addEventListener("pointerover", offer);
matrix?.addEventListener("focusin", offer);
