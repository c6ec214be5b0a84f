import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, sqliteIdentities, sqliteSessions } from '@chatmux/db';
import { AccountEvents } from '../../../game-server/src/auth/account-events.ts';
import { Sessions } from '../../../game-server/src/auth/sessions.ts';
import { countedRounds } from './measure/rounds.ts';
import { apart, median, span } from './measure/stats.ts';

const BAR_MS = 0.1;
const MAX_NOISE = 0.2;
/** As many as a place of its own may have. */
const PEOPLE = 2000;
const CHECKS = 4000;

/** What it costs to know who asks: from the cookie of a request to the identity in the database, a session of many. */
export default async function loginCost() {
  const folder = await mkdtemp(join(tmpdir(), 'chatmux-login-'));
  const { db, close } = await openDatabase({ file: join(folder, 'chatmux.sqlite') });
  try {
    const identities = sqliteIdentities(db);
    const sessions = new Sessions(sqliteSessions(db), new AccountEvents(), () => Date.now());
    const cookies: string[] = [];
    for (let nth = 0; nth < PEOPLE; nth++) {
      const id = String(nth).padStart(22, '0');
      const passkey = {
        id,
        rpId: 'localhost',
        publicKey: new Uint8Array(77),
        counter: 0,
        transports: [],
        name: 'Key',
      };
      await identities.create({ id, name: `Person ${nth}`, colour: 0 }, passkey, [], Date.now());
      const [cookie = ''] = (await sessions.begin(id, 'Chrome on Linux', true)).cookie.split(';');
      cookies.push(cookie);
    }

    /** Milliseconds of processor time for one. */
    const check = async (header: (nth: number) => string, isSomebody: boolean) => {
      const before = process.cpuUsage();
      for (let nth = 0; nth < CHECKS; nth++) {
        const { signedIn } = await sessions.check(header((nth * 7919) % PEOPLE), false);
        if ((signedIn !== undefined) !== isSomebody) throw new Error('somebody is not who they are');
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / CHECKS;
    };
    const known = () => check((nth) => `theme=dark; ${cookies[nth]}`, true);
    const unknown = () => check((nth) => `__Host-chatmux=${secretLike(nth)}`, false);
    // Warm first.
    await known();
    await unknown();
    const rounds = await countedRounds(async () => ({
      first: await known(),
      nobody: await unknown(),
      again: await known(),
    }));
    const costs = rounds.map(({ first, again }) => (first + again) / 2);
    const nobody = median(rounds.map((round) => round.nobody));
    const selves = rounds.map(({ first, again }) => again / first);
    const [value, noise] = [median(costs), apart(median(selves))];
    return [
      {
        name: 'login-cost',
        value,
        unit: `ms of processor time to check a session of ${PEOPLE} (${span(costs)}; ${nobody.toFixed(3)} for a cookie of nobody)`,
        bar: `≤ ${BAR_MS}`,
        pass: value <= BAR_MS,
      },
      {
        name: 'login-cost-noise',
        value: noise,
        unit: `off: the same against itself (${span(selves)})`,
        bar: `≤ ${MAX_NOISE}`,
        pass: noise <= MAX_NOISE,
      },
    ];
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A secret of the right shape that is nobody's. */
const secretLike = (nth: number) =>
  [...nth.toString(6)]
    .map((digit) => Number(digit) + 2)
    .join('')
    .padStart(40, 'x');
