// What is pasted from Word, LibreOffice or Google Docs, as the text of a paper: lists get their labels, tables become
// "| a | b |" lines, notes "[1]"; soft wraps go. The copied page is read, never shown.
"use strict";

const Pasting = (() => {
  const BLOCKS = new Set("P DIV H1 H2 H3 H4 H5 H6 LI BLOCKQUOTE PRE SECTION ARTICLE HEADER FOOTER DL DT DD CENTER FIGURE TR TD TH".split(" "));
  const UNSAID = new Set("SCRIPT STYLE HEAD TITLE META LINK TEMPLATE DEL NOSCRIPT IMG SVG OBJECT BUTTON SELECT".split(" "));
  const BULLET = /^(?:[·•●○◦▪■o§üØv*–—+-]|[\ue000-\uf8ff])$/u;
  const LAYOUT = /CỘNG HÒA XÃ HỘI CHỦ NGHĨA|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA|Nơi nhận\s*:/iu;
  const MARK = /^\s*\[?(\d{1,3})\]?\s*$/;
  const BREAK = "\u0001";

  // The policy of our pages forbids styles in markup, even in what is only read: they are kept under another name.
  const unstyled = (html) => html.replace(/<style[\s>].*?<\/style>/gis, "").replace(/(<[^>]*?\s)style(?=\s*=)/gi, "$1data-style");
  const styleOf = (node) => node.dataset?.style || "";
  const tidy = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();

  class Text {
    constructor() {
      this.lines = [];
      this.held = "";
      this.label = "";
    }

    flush() {
      const parts = this.held.split(BREAK).map(tidy).filter(Boolean);
      this.held = "";
      if (!parts.length) return;
      const lines = [parts.shift()];
      for (const part of parts) {
        const last = lines.length - 1;
        if (/[^.;:!?…]$/u.test(lines[last]) && /^[\p{Ll}]/u.test(part)) lines[last] += ` ${part}`;
        else lines.push(part);
      }
      if (this.label) lines[0] = `${this.label} ${lines[0]}`;
      this.label = "";
      this.lines.push(...lines);
    }

    walk(node) {
      for (const child of node.childNodes) this.add(child);
    }

    add(node) {
      if (node.nodeType === 3) this.held += node.data;
      if (node.nodeType !== 1 || UNSAID.has(node.tagName) || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(styleOf(node))) return;
      if (node.tagName === "BR") this.held += BREAK;
      else if (node.tagName === "TABLE") this.table(node);
      else if (node.tagName === "UL" || node.tagName === "OL") this.list(node, 0);
      else if (node.tagName === "A" && this.mark(node)) return;
      else if (BLOCKS.has(node.tagName)) this.block(node);
      else this.walk(node);
    }

    block(node) {
      this.flush();
      const level = /mso-list\s*:[^;]*level(\d)/i.exec(styleOf(node));
      const label = level && [...node.querySelectorAll("span")].find((span) => /mso-list\s*:\s*Ignore/i.test(styleOf(span)));
      if (label) {
        this.label = this.labelOf(tidy(label.textContent), Number(level[1]));
        label.remove();
      }
      this.walk(node);
      this.flush();
      this.label = "";
    }

    labelOf(written, level) {
      return BULLET.test(written) ? (level > 1 ? "+" : "-") : written;
    }

    // A link to or from a footnote, whose words are its number.
    mark(node) {
      const number = MARK.exec(node.textContent);
      const linked = /^[^#]*#(?:_?ftn|_?edn|ftnt|sdfootnote|sdendnote|_?footnote|fn)/i.test(node.getAttribute("href") || "");
      if (!number || !linked) return false;
      const opens = !tidy(this.held);
      this.held = opens ? `[${number[1]}] ` : `${this.held.trimEnd()}[${number[1]}]`;
      return true;
    }

    list(node, depth) {
      this.flush();
      let count = Number(node.getAttribute("start") || 1);
      for (const item of node.children) {
        if (item.tagName === "UL" || item.tagName === "OL") this.list(item, depth + 1);
        if (item.tagName !== "LI") continue;
        count = Number(item.getAttribute("value")) || count;
        this.label = this.itemLabel(node, item, count, depth);
        count += 1;
        for (const child of item.childNodes) {
          if (child.nodeType === 1 && (child.tagName === "UL" || child.tagName === "OL")) this.list(child, depth + 1);
          else if (child.nodeType === 1 && BLOCKS.has(child.tagName)) this.inItem(child);
          else this.add(child);
        }
        this.flush();
        this.label = "";
      }
    }

    inItem(node) {
      this.flush();
      this.walk(node);
      this.flush();
    }

    itemLabel(list, item, count, depth) {
      const style = /list-style-type\s*:\s*([\w-]+)/i;
      const kind = (style.exec(styleOf(item)) || style.exec(styleOf(list)) || [])[1] || list.getAttribute("type") || "";
      if (list.tagName === "UL" || /disc|circle|square|none/i.test(kind)) return depth ? "+" : "-";
      if (/lower-(alpha|latin)/i.test(kind) || kind === "a" || (!kind && depth === 1)) return `${Writing.letter(count - 1) || count})`;
      if (/upper-roman/i.test(kind) || kind === "I") return `${Writing.roman(count)}.`;
      if (/lower-roman/i.test(kind) || kind === "i") return `${Writing.roman(count).toLowerCase()})`;
      if (/upper-(alpha|latin)/i.test(kind) || kind === "A") return `${Writing.letter(count - 1).toUpperCase() || count}.`;
      return !kind && depth > 1 ? "-" : `${count}.`;
    }

    // The head of a paper and its end stand in tables too: those are read cell by cell.
    table(node) {
      this.flush();
      const rows = [...node.rows];
      const wide = Math.max(0, ...rows.map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)));
      if (wide < 2 || LAYOUT.test(node.textContent)) {
        for (const row of rows) for (const cell of row.cells) this.block(cell);
        return;
      }
      const below = [];
      for (const row of rows) {
        const cells = [];
        for (const cell of row.cells) {
          while (below[cells.length] > 0) below[cells.length] -= 1, cells.push("");
          for (let n = 0; n < cell.colSpan; n++) {
            below[cells.length] = cell.rowSpan - 1;
            cells.push(n ? "" : this.cell(cell));
          }
        }
        while (cells.length < wide) {
          if (below[cells.length] > 0) below[cells.length] -= 1;
          cells.push("");
        }
        if (cells.some(Boolean)) this.lines.push(`| ${cells.join(" | ")} |`);
      }
    }

    cell(node) {
      const inner = new Text();
      inner.walk(node);
      inner.flush();
      return tidy(inner.lines.join(" ").replace(/\|/g, "/"));
    }
  }

  function textOf(html) {
    const text = new Text();
    text.walk(new DOMParser().parseFromString(unstyled(html), "text/html").body);
    text.flush();
    return text.lines.join("\n").normalize("NFC");
  }

  function paste(event, area) {
    const html = event.clipboardData?.getData("text/html");
    const text = html && textOf(html);
    if (!text) return;
    event.preventDefault();
    Writing.type(area, area.selectionStart, area.selectionEnd, text);
  }

  return { textOf, paste };
})();
