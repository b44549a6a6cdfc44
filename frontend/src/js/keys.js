/** Tell whether the person is writing, so that a letter is a letter and not a command. */
export function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Tell whether the key was pressed alone. */
export function isPlain(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey);
}
