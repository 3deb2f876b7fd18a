// The origin server of the recordings: Node's http, told by each request's query how to answer it.
//
//   node origin.js PORT LOG
//
//   hold=MS        final response so long after the end of the request (0)
//   every=MS       until then a 102 each time so much has passed
//   interim=MS:CODE,MS:CODE…   interim responses so long after the end of the request
//   status=CODE    status of the final response (200)
//   length=N       octets of its content (12)
//   trailers=1     content in chunks, and a trailer section
//   expect=refuse  417 and a close, the request's content unread (kept=1: no close);  expect=ignore  no 100 at all
//   abort=reset    a RST instead of the final response;  abort=close  a FIN;  begun=1  in the middle of its content
//
// LOG gets one line of JSON for each exchange: what was received and sent, and when. Requests of one connection are
// served one after the other, so that what was pipelined is logged when it is sent, not when it is queued.
'use strict';
const fs = require('node:fs');
const http = require('node:http');

const [port, log] = process.argv.slice(2);
const now = () => Date.now() / 1000;
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function endpoint(address, port) {
    const plain = address.replace(/^::ffff:/, '');
    return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}

function newEntry(request) {
    const { socket } = request;
    return {
        client: endpoint(socket.remoteAddress, socket.remotePort),
        server: endpoint(socket.localAddress, socket.localPort),
        method: request.method, target: request.url, http_version: request.httpVersion,
        expect: request.headers.expect, t_request: now(), interim: [],
    };
}

function write(entry, changes) {
    fs.appendFileSync(log, JSON.stringify({ ...entry, t_end: now(), ...changes }) + '\n');
}

// The interim responses of an exchange in order, as [milliseconds after the request, status].
function schedule(wishes, hold) {
    const listed = (wishes.get('interim') ?? '').split(',').filter(Boolean).map((item) => item.split(':').map(Number));
    const every = Number(wishes.get('every') ?? 0);
    for (let at = every; every > 0 && at < hold; at += every) listed.push([at, 102]);
    return listed.sort((one, other) => one[0] - other[0]);
}

function sendInterim(response, entry, code) {
    if (code === 100) response.writeContinue();
    else if (code === 102) response.writeProcessing();
    else response.writeEarlyHints({ link: ['style', 'script'].map((kind) => `</${kind}>; rel=preload; as=${kind}`) });
    entry.interim.push({ code, t: now() });
}

function sendFinal(response, entry, wishes) {
    const status = Number(wishes.get('status') ?? 200);
    const content = 'Interlude. \n'.repeat(Math.ceil(Number(wishes.get('length') ?? 12) / 12));
    entry.final = { status, t: now() };
    if (wishes.has('trailers')) {
        response.writeHead(status, { 'content-type': 'text/plain', trailer: 'x-lines' });
        for (const line of content.match(/.+\n/g)) response.write(line);
        response.addTrailers({ 'x-lines': String(content.length / 12) });
        response.end();
    } else {
        response.writeHead(status, { 'content-type': 'text/plain', 'content-length': content.length });
        response.end(content);
    }
}

async function abort(response, entry, wishes) {
    const { socket } = response;
    if (wishes.has('begun')) {
        entry.final = { status: 200, t: now() };
        response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 20000 });
        response.write('Interlude. \n'.repeat(100));
        await wait(100);
    }
    const how = wishes.get('abort') === 'reset' ? 'rst' : 'fin';
    entry.gave_up = how === 'rst' ? 'server (RST)' : 'server (FIN)';
    entry.server_abort = { how, t: now() };
    if (how === 'rst') socket.resetAndDestroy();
    else socket.destroySoon();
}

async function serve(request, response, entry, expectsContinue) {
    const wishes = new URL(request.url, 'http://origin').searchParams;
    if (expectsContinue && wishes.get('expect') === 'refuse') {
        entry.final = { status: 417, t: now() };
        // Node would close of its own accord, were it not told otherwise.
        response.writeHead(417, { 'content-length': 0, connection: wishes.has('kept') ? 'keep-alive' : 'close' }).end();
        return;
    }
    if (expectsContinue && wishes.get('expect') !== 'ignore') sendInterim(response, entry, 100);
    request.resume();
    if (!request.complete) await new Promise((done) => request.on('end', done).on('close', done));

    const begin = Date.now();
    const hold = Number(wishes.get('hold') ?? 0);
    for (const [at, code] of schedule(wishes, hold)) {
        await wait(begin + at - Date.now());
        if (response.destroyed) return;
        sendInterim(response, entry, code);
    }
    await wait(begin + hold - Date.now());
    if (response.destroyed) return;
    if (wishes.has('abort')) await abort(response, entry, wishes);
    else sendFinal(response, entry, wishes);
}

function handle(expectsContinue) {
    return (request, response) => {
        const entry = newEntry(request);
        const closed = new Promise((done) => response.on('close', done));
        closed.then(() => {
            if (response.writableFinished) return write(entry, { outcome: 'completed' });
            return write(entry, { outcome: 'aborted', gave_up: entry.gave_up ?? 'client' });
        });
        const { socket } = request;
        socket.turn = Promise.resolve(socket.turn).then(async () => {
            await serve(request, response, entry, expectsContinue);
            await closed;
        });
    };
}

// A WebSocket that says one thing, the octets of a 102, and leaves when it was answered.
function upgrade(request, socket) {
    const text = Buffer.from('HTTP/1.1 102 Processing\r\n\r\n');
    const entry = newEntry(request);
    entry.final = { status: 101, t: now() };
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
        + 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n');
    socket.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
    socket.on('error', () => {}).once('data', () => socket.end(Buffer.from([0x88, 0])));
    socket.on('close', () => write(entry, { outcome: 'completed', note: 'the connection leaves HTTP here' }));
}

http.createServer()
    .on('request', handle(false))
    .on('checkContinue', handle(true))
    .on('upgrade', upgrade)
    .listen(Number(port), '::');
