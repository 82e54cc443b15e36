// The first thing to read after a refusal: the summary of errors takes the focus.
export function enhance(element) {
  element.focus({ preventScroll: false });
}
