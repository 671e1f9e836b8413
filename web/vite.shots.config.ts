import { defineConfig, mergeConfig } from 'vite';
import base from './vite.config';
const server = process.env['STRATEGOS_URL']!;
const headers = { authorization: `Bearer ${process.env['TOKEN']}` };
export default mergeConfig(base, defineConfig({
  plugins: [{ name: 'session', configureServer(dev) {
    dev.middlewares.use('/api/v1/session', (req, res) => { res.statusCode = req.method === 'GET' ? 200 : 204; res.setHeader('content-type','application/json'); res.end(req.method==='GET'?'{"username":"admin"}':''); });
  } }],
  server: { port: 5199, strictPort: true, proxy: { '/graphql': { target: server, ws: true, headers }, '/api': server, '/health': server } },
}));
