// A service whose functions are named as markup, and that keeps them busy.
const attacks = {
  '<img src=x onerror="window.hacked=1">': burn,
  '</script><script>window.hacked=1</script>': burn,
  '"><svg onload=window.hacked=1>': burn,
};

function burn(until) {
  let sum = 0;
  while (performance.now() < until) sum += Math.sqrt(sum + 1);
  return sum;
}

const named = Object.keys(attacks).map((name) =>
  Object.defineProperty((until) => attacks[name](until), 'name', { value: name }),
);
const compiled = Object.keys(attacks).map(
  (name) =>
    new Function('burn', `return { [${JSON.stringify(name)}](until) { return burn(until); } }`)(burn)[name],
);

setInterval(() => {
  for (const attack of [...named, ...compiled]) attack(performance.now() + 4);
}, 40);
