// The browser's storage may be closed by policy or full: then nothing is kept, and nothing breaks.

export function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the page works without.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing to do: the page works without.
  }
}
