import { runService } from '../service/run-service.ts';
import { readSettings } from '../settings.ts';
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
  const kind = GAMES[self.service];
  if (!kind) throw new TypeError(`${self.service} is no game`);
  const [shortest, longest] = readSettings(process.env).gameSeconds ?? [];
  const game = {
    rules: kind.rules,
    shortestMs: shortest === undefined ? kind.shortestMs : shortest * 1_000,
    longestMs: longest === undefined ? kind.longestMs : longest * 1_000,
  };
  const { name, service, port } = self;
  const pod = await startGamePod({ name, service, port, game, seed: port });
  return { resources: pod.resources, actions: pod.actions, stop: () => pod.close() };
});
