import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const program = process.env.PLAYBOOK_DLL ?? join(root, 'src/Playbook.Server/bin/Release/net10.0/playbook.dll');
const run = promisify(execFile);
const startWithin = 180_000;
const stopWithin = 10_000;
/** A working morning, whenever the specs are run: what may be sent depends on the hour. Ahead of the browser's own clock, for which nothing has expired then. */
const begins = '2035-03-06T09:00:00Z';

/** Who signs in where a spec says nothing else: the owner, as the first-run page makes one. */
export const owner = { name: 'Karen Lund', email: 'karen.lund@example.com', password: 'three quiet herons' };

/** The real program over a database and a copy of the playbooks of its own, on a clock that is moved by command. */
export class TrialServer {
  #process;
  #said = '';
  #cookies;

  constructor(folder) {
    this.folder = folder;
    this.database = join(folder, 'playbook.db');
    this.playbooks = join(folder, 'playbooks');
  }

  /** @param playbooks the folders to begin with; all that are shipped where it is missing */
  static async start({ playbooks } = {}) {
    if (!existsSync(program))
      throw new Error(`The server has not been built: ${program} is missing. Cure: ./build.sh test Browser builds it.`);
    const server = new TrialServer(await mkdtemp(join(tmpdir(), 'playbook-browser-')));
    await mkdir(server.playbooks);
    for (const name of playbooks ?? await readdir(join(root, 'playbooks')))
      await cp(join(root, 'playbooks', name), join(server.playbooks, name), { recursive: true });
    await writeFile(`${server.database}.clock`, begins);
    await server.startAgain();
    return server;
  }

  /** Everything that the program has said so far. */
  get said() { return this.#said; }

  /** At the address that it had, if it had one. */
  async startAgain() {
    const options = ['--url', this.url ?? 'http://127.0.0.1:0', '--database', this.database, '--playbooks', this.playbooks, '--clock', 'manual', '--company', 'Playbook Ltd'];
    this.#process = spawn('dotnet', [program, 'serve', ...options], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.url = await new Promise((resolve, reject) => {
      const giveUp = why => { clearTimeout(timer); reject(new Error(`The server ${why}. It said:\n${this.#said}`)); };
      const timer = setTimeout(() => { this.#process.kill('SIGKILL'); giveUp(`did not start within ${startWithin / 1000} s`); }, startWithin);
      const hear = chunk => {
        this.#said += chunk;
        const address = /serves\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(this.#said.slice(begin));
        if (address) { clearTimeout(timer); resolve(address[1]); }
      };
      const begin = this.#said.length;
      this.#process.stdout.on('data', hear);
      this.#process.stderr.on('data', hear);
      this.#process.once('error', fault => giveUp(`could not be started: ${fault.message}`));
      this.#process.once('exit', code => giveUp(`ended with code ${code}`));
    });
  }

  /** What the command line answers: `await server.playbook('start', 'lead-generation', '--json')`. */
  async playbook(...words) {
    try {
      const { stdout } = await run('dotnet', [program, ...words, '--database', this.database], { cwd: this.folder });
      return stdout;
    } catch (fault) {
      throw new Error(`playbook ${words.join(' ')} ended with code ${fault.code}: ${fault.stderr}${fault.stdout}`);
    }
  }

  /**
   * The cookies of a browser in which the owner is signed in, for `context.addCookies`. The owner is made the first time, over
   * the same form that a person fills in.
   */
  async cookies() {
    this.#cookies ??= await this.#becomeOwner();
    return this.#cookies;
  }

  async #becomeOwner() {
    const form = await this.submit('/welcome', { Name: owner.name, Email: owner.email, Password: owner.password });
    if (form.status !== 302) throw new Error(`The first-run page answered ${form.status}: ${await form.text()}`);
    return sessionOf(form, this.url);
  }

  /** Fills in a plain form as a browser does, with the hidden fields of the page; a redirect is not followed. */
  async submit(path, fields) {
    const page = await fetch(this.url + path, { headers: { accept: 'text/html' } });
    const hidden = [...(await page.text()).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
    const cookie = page.headers.getSetCookie().map(one => one.split(';')[0]).join('; ');
    return fetch(this.url + path, {
      method: 'POST', redirect: 'manual', headers: { accept: 'text/html', origin: this.url, cookie },
      body: new URLSearchParams([...hidden, ...Object.entries(fields)]),
    });
  }

  /** An answer of the HTTP API, read as JSON; asked as the command line does, by the key beside the database. */
  async api(path, options = {}) {
    const { body, ...rest } = options;
    const response = await fetch(this.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...rest,
      headers: { authorization: `Bearer ${await readFile(`${this.database}.key`, 'utf8')}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...rest.headers },
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${rest.method ?? (body === undefined ? 'GET' : 'POST')} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** Ends it as a power cut would. */
  async kill() {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async stop() {
    const child = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), stopWithin);
    await ended;
    clearTimeout(hard);
  }

  async remove() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The session that an answer began. */
export function sessionOf(answer, url) {
  return answer.headers.getSetCookie().map(one => one.split(';')[0]).filter(one => one.startsWith('playbook-session='))
    .map(one => ({ name: 'playbook-session', value: one.slice(one.indexOf('=') + 1), url, httpOnly: true, sameSite: 'Lax' }));
}
