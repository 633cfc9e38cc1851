/** Has the browser keep a file, as a download is kept. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun once this turn is over.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
