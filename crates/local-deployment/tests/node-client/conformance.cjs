// What an application server does with openvidu-node-client, and what it may rely on.
// Usage: node conformance.cjs URL SECRET SESSION CONNECTION, where CONNECTION is an active one of SESSION.
'use strict';
const assert = require('node:assert/strict');
const { OpenVidu, OpenViduRole, RecordingMode } = require('openvidu-node-client');

const [url, secret, joinedSession, joinedConnection] = process.argv.slice(2);

const steps = {
  async 'a wrong secret is refused'() {
    await assert.rejects(new OpenVidu(url, 'wrong').createSession(), /401/);
  },

  async 'a session is created once and found the second time'(openvidu) {
    const properties = { customSessionId: 'Node', recordingMode: RecordingMode.MANUAL };
    const first = await openvidu.createSession(properties);
    const second = await openvidu.createSession(properties);
    assert.equal(first.sessionId, 'Node');
    assert.equal(second.sessionId, 'Node');
    assert.equal(second.createdAt, first.createdAt);
  },

  async 'a session without an id gets one'(openvidu) {
    const session = await openvidu.createSession();
    assert.match(session.sessionId, /^ses_[A-Z][A-Za-z0-9]{9}$/);
    await session.close();
  },

  async 'an id that is not allowed is refused'(openvidu) {
    await assert.rejects(openvidu.createSession({ customSessionId: 'not allowed' }), /400/);
  },

  async 'a connection has a token and does not change by itself'(openvidu) {
    const session = openvidu.activeSessions.find((one) => one.sessionId === 'Node');
    await session.fetch(); // The client orders its own properties differently before it has fetched once.
    const connection = await session.createConnection({
      role: OpenViduRole.MODERATOR,
      data: '{"serverData":"x"}',
      record: false,
      kurentoOptions: { videoMaxRecvBandwidth: 500, allowedFilters: ['GStreamerFilter'] },
      customIceServers: [{ url: 'turn:turn.example.org:443', username: 'u', credential: 'c' }],
    });
    assert.match(connection.connectionId, /^con_/);
    assert.match(connection.token, /^ws:\/\/localhost:\d+\?sessionId=Node&token=tok_/);
    assert.equal(connection.status, 'pending');
    assert.equal(connection.role, 'MODERATOR');
    assert.equal(await session.fetch(), false, 'nothing has changed');
    assert.equal(session.connections.length, 1);
    assert.equal(session.activeConnections.length, 0);

    const updated = await session.updateConnection(connection.connectionId, { role: OpenViduRole.SUBSCRIBER });
    assert.equal(updated.connectionProperties.role, 'SUBSCRIBER');

    await session.forceDisconnect(connection);
    await session.fetch();
    assert.equal(session.connections.length, 0);
    await assert.rejects(session.forceDisconnect('con_none'), /404/);
  },

  async 'the old way to make a token still works'(openvidu) {
    const session = openvidu.activeSessions.find((one) => one.sessionId === 'Node');
    assert.match(await session.generateToken({ role: 'PUBLISHER' }), /token=tok_/);
  },

  async 'connections and streams that do not suit are refused'(openvidu) {
    const session = openvidu.activeSessions.find((one) => one.sessionId === 'Node');
    await assert.rejects(session.createConnection({ role: 'KING' }), /400/);
    await assert.rejects(session.createConnection({ customIceServers: [{ url: 'turn:host' }] }), /400/);
    await assert.rejects(session.forceUnpublish('str_none'), /404/);
  },

  async 'recording is refused as a module that is switched off'(openvidu) {
    await assert.rejects(openvidu.startRecording('Node'), /501/);
    await assert.rejects(openvidu.listRecordings(), /501/);
  },

  async 'active sessions and connections are seen and ended'(openvidu) {
    assert.equal(await openvidu.fetch(), true);
    assert.equal(await openvidu.fetch(), false, 'nothing has changed');
    const session = openvidu.activeSessions.find((one) => one.sessionId === joinedSession);
    const connection = session.activeConnections.find((one) => one.connectionId === joinedConnection);
    assert.equal(connection.status, 'active');
    assert.equal(connection.platform, 'Test');
    assert.equal(connection.ip, '127.0.0.1');
    assert.deepEqual(connection.publishers, []);
    await session.forceDisconnect(connection);
    assert.equal(await session.fetch(), false, 'the client knows what it did');
    assert.equal(session.activeConnections.length, 1);
    await session.close();
    await assert.rejects(session.fetch(), /404/);
  },

  async 'a closed session leaves its id'(openvidu) {
    const session = openvidu.activeSessions.find((one) => one.sessionId === 'Node');
    await session.close();
    const again = await openvidu.createSession({ customSessionId: 'Node' });
    assert.equal(again.connections.length, 0);
    await again.close();
  },
};

(async () => {
  const openvidu = new OpenVidu(url, secret);
  openvidu.enableProdMode();
  for (const [name, step] of Object.entries(steps)) {
    await step(openvidu);
    console.log(`${name}: ok`);
  }
  console.log('passed');
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
