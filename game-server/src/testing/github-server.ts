import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GithubSettings } from '../auth/github.ts';

/** Somebody with an account at the test's GitHub. */
export interface GithubUser {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
}

interface Code {
  readonly user: GithubUser;
  readonly challenge: string;
  readonly redirectUri: string;
}

/**
 * A server that speaks what GitHub speaks, over HTTP: authorization code with PKCE (RFC 6749, RFC 7636), refusals as status
 * 200, and who a token is of. Whoever sits before it is `user`.
 */
export class GithubServer {
  user: GithubUser = { id: 7, login: 'octo', name: 'Octavia' };
  /** It answers nothing but errors. */
  isDown = false;
  readonly settings: GithubSettings;
  private readonly server: Server;
  private readonly codes = new Map<string, Code>();
  private readonly tokens = new Map<string, GithubUser>();

  private constructor(server: Server) {
    this.server = server;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.settings = {
      clientId: 'chatmux-test',
      clientSecret: randomBytes(20).toString('hex'),
      url,
      apiUrl: `${url}/api/v3`,
    };
  }

  static async start(): Promise<GithubServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const github = new GithubServer(server);
    server.on('request', (request, response) => void github.answer(request, response));
    return github;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** As the settings of chatMUX. */
  get env(): Record<string, string> {
    const { clientId, clientSecret, url, apiUrl } = this.settings;
    return {
      GITHUB_CLIENT_ID: clientId,
      GITHUB_CLIENT_SECRET: clientSecret,
      GITHUB_URL: url,
      GITHUB_API_URL: apiUrl,
    };
  }

  /** Whoever sits there agrees, or doesn't. @param url of the page that asks @returns where they are sent back to */
  async decide(url: string, agrees = true): Promise<URL> {
    const page = await (await fetch(url)).text();
    const found = new RegExp(`href="([^"]+)">${agrees ? 'Authorize' : 'Cancel'}<`).exec(page);
    if (!found?.[1]) throw new Error(`GitHub showed: ${page}`);
    const back = await fetch(new URL(found[1].replaceAll('&amp;', '&'), url), { redirect: 'manual' });
    return new URL(back.headers.get('location') ?? '');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.settings.url);
    if (this.isDown) response.writeHead(503).end('Unicorn!');
    else if (url.pathname === '/login/oauth/authorize') this.ask(url, response);
    else if (url.pathname === '/decide') this.sendBack(url, response);
    else if (url.pathname === '/login/oauth/access_token') await this.exchange(request, response);
    else if (url.pathname === '/api/v3/user') this.tell(request, response);
    else response.writeHead(404).end();
  }

  private ask({ searchParams }: URL, response: ServerResponse): void {
    const fits =
      searchParams.get('client_id') === this.settings.clientId &&
      searchParams.get('response_type') === 'code' &&
      searchParams.get('code_challenge_method') === 'S256';
    if (!fits) {
      response.writeHead(400).end('bad request');
      return;
    }
    const link = (agrees: string) =>
      `/decide?agrees=${agrees}&amp;${searchParams.toString().replaceAll('&', '&amp;')}`;
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(
      `<!doctype html><html lang="en"><title>Authorize</title><h1>Authorize chatMUX</h1>
<a href="${link('yes')}">Authorize</a> <a href="${link('no')}">Cancel</a></html>`,
    );
  }

  private sendBack({ searchParams }: URL, response: ServerResponse): void {
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', searchParams.get('state') ?? '');
    if (searchParams.get('agrees') === 'yes') {
      const code = randomBytes(10).toString('hex');
      this.codes.set(code, {
        user: this.user,
        challenge: searchParams.get('code_challenge') ?? '',
        redirectUri,
      });
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user has denied your application access.');
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  private async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const { clientId, clientSecret } = this.settings;
    const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const code = this.codes.get(body.get('code') ?? '');
    this.codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      request.headers.authorization === expected &&
      code?.challenge === challenge &&
      code.redirectUri === body.get('redirect_uri');
    const token = randomBytes(20).toString('hex');
    if (fits) this.tokens.set(token, code.user);
    sendJson(
      response,
      fits
        ? { access_token: token, token_type: 'bearer', scope: '' }
        : { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' },
    );
  }

  private tell({ headers }: IncomingMessage, response: ServerResponse): void {
    const user = this.tokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (user) sendJson(response, user);
    else response.writeHead(401).end();
  }
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
