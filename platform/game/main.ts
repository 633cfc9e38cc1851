import { runService } from '../service/run-service.ts';
import { bingo } from './bingo.ts';
import { startGamePod } from './game-pod.ts';
import type { Game } from './rules.ts';
import { steamReels } from './steam-reels.ts';

/** Games of about a minute, so that a pod is empty a minute after its cordon. */
const GAMES: Readonly<Record<string, Game>> = {
  steampunk2: { rules: steamReels, shortestMs: 40_000, longestMs: 65_000 },
  odinbingo: { rules: bingo, shortestMs: 50_000, longestMs: 70_000 },
};

await runService(async ({ self }) => {
  const game = GAMES[self.service];
  if (!game) throw new TypeError(`${self.service} is no game`);
  const { name, service, port } = self;
  const pod = await startGamePod({ name, service, port, game, seed: port });
  return { resources: pod.resources, actions: pod.actions, stop: () => pod.close() };
});
