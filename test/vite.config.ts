import serverConfig from '../server/vite.config.ts';

/** Builds the server as `server/vite.config.ts` does, but with a clock that tests move. */
export default {
  ...serverConfig,
  build: {
    ...serverConfig.build,
    outDir: '.tmp/clocked-server',
    rollupOptions: { ...serverConfig.build?.rollupOptions, input: 'test/support/programs/clocked-server.ts' },
  },
};
