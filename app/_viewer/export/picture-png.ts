/** In CSS pixels. */
const PADDING = 12;
const LINE = 20;
const GAP = 8;

/** The pictures that an element holds, one below the other as they are seen now, under a line that says what they show. */
export async function toPng(root: HTMLElement, title: string): Promise<Blob> {
  const pictures = [...root.querySelectorAll<HTMLElement>('[data-picture]')].map((element) => ({
    layers: [...element.querySelectorAll('canvas')],
    area: element.getBoundingClientRect(),
  }));
  const ratio = window.devicePixelRatio;
  const width = Math.max(...pictures.map(({ area }) => area.width)) + 2 * PADDING;
  const height = pictures.reduce((sum, { area }) => sum + area.height + GAP, PADDING + LINE + PADDING);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser gives no canvas of that size');
  const style = getComputedStyle(root);
  context.fillStyle = style.getPropertyValue('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(ratio, ratio);
  context.fillStyle = style.getPropertyValue('--text');
  context.font = `13px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  context.fillText(title, PADDING, PADDING + LINE / 2, width - 2 * PADDING);
  let top = PADDING + LINE + GAP;
  for (const { layers, area } of pictures) {
    for (const layer of layers)
      context.drawImage(layer, PADDING, top, layer.width / ratio, layer.height / ratio);
    top += area.height + GAP;
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came of it'))), 'image/png');
  });
}
