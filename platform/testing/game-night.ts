import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gateway } from '../bg-gate/gateway.ts';
import { GamePool } from '../bg-gate/pool/game-pool.ts';
import { type GamePod, startGamePod } from '../game/game-pod.ts';
import type { Game } from '../game/rules.ts';
import { steamReels } from '../game/steam-reels.ts';
import { type LinkServer, startLinkServer } from '../link/link-server.ts';
import { type Lobby, startLobby } from '../lobby/lobby-server.ts';
import { allCredentials } from '../players/credentials.ts';
import { Regulars } from '../players/regulars.ts';
import { Tally } from '../players/tally.ts';
import { seededRandom } from '../random.ts';
import { readAccounts } from '../user-service/accounts.ts';
import { LoginDesk } from '../user-service/login-desk.ts';

const GAME = 'steampunk2';
/** Short enough that many games end within a test. */
const SHORT_GAME: Game = { rules: steamReels, shortestMs: 1_200, longestMs: 2_000 };
const PLAYERS = 11;
const PLAYS_PER_MINUTE = 900;

/** Two pods, a lobby, a gateway and players that come to it: all of them real, in one process, with short games. */
export class GameNight implements AsyncDisposable {
  readonly pods: readonly GamePod[];
  readonly lobby: Lobby;
  readonly tally = new Tally();
  readonly #gateway: Gateway;
  readonly #door: LinkServer;
  readonly #logins: Server;
  readonly #regulars: Regulars;

  private constructor(parts: {
    pods: readonly GamePod[];
    lobby: Lobby;
    gateway: Gateway;
    door: LinkServer;
    logins: Server;
  }) {
    this.pods = parts.pods;
    this.lobby = parts.lobby;
    this.#gateway = parts.gateway;
    this.#door = parts.door;
    this.#logins = parts.logins;
    this.#regulars = new Regulars({
      game: GAME,
      gatewayUrl: `ws://127.0.0.1:${parts.door.port}`,
      people: allCredentials().slice(0, PLAYERS),
      transactionsPerMinute: PLAYS_PER_MINUTE,
      random: seededRandom(1),
      witness: this.tally,
    });
  }

  static async begin(): Promise<GameNight> {
    const pods = await Promise.all(
      [0, 1].map((index) =>
        startGamePod({ name: `${GAME}-${index}`, service: GAME, game: SHORT_GAME, port: 0, seed: index }),
      ),
    );
    const [lobby, logins] = await Promise.all([startLobby(0), startLogins()]);
    const gateway = new Gateway({
      pools: [
        new GamePool({
          game: GAME,
          mode: 'checked',
          connectionsPerPod: 3,
          pods: pods.map(({ port }, index) => ({
            pod: `${GAME}-${index}`,
            url: `ws://127.0.0.1:${port}`,
            healthUrl: `http://127.0.0.1:${port}/health`,
          })),
        }),
      ],
      lobbyUrl: `ws://127.0.0.1:${lobby.port}`,
      userServicePort: (logins.address() as AddressInfo).port,
    });
    const door = await startLinkServer({
      port: 0,
      maxConnections: 100,
      handlers: gateway.handlers,
      health: () => ({}),
      onConnect: (caller) => gateway.connect(caller),
      onDisconnect: (caller) => gateway.disconnect(caller),
    });
    return new GameNight({ pods, lobby, gateway, door, logins });
  }

  get players(): number {
    return PLAYERS;
  }

  /** What is wrong with where rooms are and how full they are, as sentences. */
  findDisorder(): string[] {
    const running = this.pods.flatMap(({ floor }) => floor.rooms());
    const crowded = running.filter(({ sessions }) => sessions.size > 4);
    const split = running.filter((room) => running.some((other) => other !== room && other.id === room.id));
    const overbooked = this.lobby.book.rooms(GAME).filter(({ players }) => players > 4);
    return [
      ...crowded.map(({ id, sessions }) => `${sessions.size} play in ${id}`),
      ...split.map(({ id }) => `${id} is played on two pods`),
      ...overbooked.map(({ id, players }) => `the lobby has ${players} in ${id}`),
    ];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#regulars.stop();
    await this.#door.close();
    this.#gateway.close();
    await this.lobby.close();
    for (const pod of this.pods) await pod.close();
    this.#logins.closeAllConnections();
    await new Promise((resolve) => this.#logins.close(resolve));
  }
}

/** The password check of user-service, without the rest of it. */
async function startLogins(): Promise<Server> {
  const desk = new LoginDesk(readAccounts());
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { player, password } = JSON.parse(body) as { player: string; password: string };
    response.writeHead((await desk.login(player, password)) === 'accepted' ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
