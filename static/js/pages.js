// Beside the pages the list of demands scrolls by itself: the one that is sought is brought into view there too.
"use strict";

const list = document.querySelector(".page-grid > aside");
const sought = list?.querySelector(".chosen");
if (sought) list.scrollTop += sought.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
