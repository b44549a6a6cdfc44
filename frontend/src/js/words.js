/** The few words that scripts say, in the language of the page; the Vietnamese is the key, as in the catalogues. */
const ENGLISH = {
  "Bỏ": "Discard",
  "Chưa mở được các bản ghi. Dùng “Mở thành trang” ở trên, hoặc thử lại sau ít phút.":
    "The records could not be opened. Use “Open as a page” above, or try again in a few minutes.",
  "Có bản đang viết dở trên máy này.": "There is an unfinished text on this machine.",
  "Đang xem": "Viewing",
  "Đang mở chi tiết": "Opening the details",
  "Đang mở…": "Opening…",
  "Đã sao chép": "Copied",
  "Đóng": "Close",
  "Lấy lại": "Bring it back",
  "Mở thành trang": "Open as a page",
  "Sao chép": "Copy",
  "Tìm “{text}”": "Search for “{text}”",
};

/** Return the words as the reader's language says them. */
export function words(source) {
  return document.documentElement.lang === "en" ? (ENGLISH[source] ?? source) : source;
}
