/** Brings a place of the drawing to the left edge of its window, half way down. */
export function begin(paper, x, y) {
  paper.scrollTo({ left: Math.max(0, x - 24), top: y - paper.clientHeight / 2 });
}
