// A service whose functions are named as markup, and that keeps them busy. The names stand in the source, since the
// profiler tells the names that were compiled.
const attacks = {
  '<img src=x onerror="window.hacked=1">'(until) {
    return burn(until);
  },
  '</script><script>window.hacked=1</script>'(until) {
    return burn(until);
  },
  '"><svg onload=window.hacked=1>'(until) {
    return burn(until);
  },
};

function burn(until) {
  let sum = 0;
  while (performance.now() < until) for (let i = 0; i < 1000; i++) sum += Math.sqrt(i);
  return sum;
}

setInterval(() => {
  for (const attack of Object.values(attacks)) attack(performance.now() + 4);
}, 40);
