/** The page that stands in while pages cannot be rendered. It is whole in itself and reloads every two seconds. */
export function toUnavailablePage(why: string, nonce: string): string {
  const sentence = why.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OPS Center: pages unavailable</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 13px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 44ch; padding: 24px; }
h1 { font-size: 15px; margin: 0 0 8px; }
p { margin: 0 0 8px; }
.small { opacity: 0.7; }
</style>
</head>
<body>
<main role="status">
<h1>The pages are not available at the moment</h1>
<p>Reason: ${sentence}.</p>
<p>Services are watched and captures go on meanwhile; the API answers as always.</p>
<p class="small">This page tries again every two seconds.</p>
</main>
</body>
</html>
`;
}
