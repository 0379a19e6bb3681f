import serverConfig from '../server/vite.config.ts';

/** The server of `server/vite.config.ts`, but with a clock that tests move. */
export default {
  ...serverConfig,
  build: {
    ...serverConfig.build,
    outDir: '.tmp/clocked-server',
    rollupOptions: { ...serverConfig.build?.rollupOptions, input: 'test/support/programs/clocked-server.ts' },
  },
};
