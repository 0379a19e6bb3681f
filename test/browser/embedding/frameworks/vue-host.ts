import { createApp, defineComponent, ref } from 'vue';
import { readEmbedding } from './embedding.ts';

/** The same in Vue. `.prop` sets the property even if the element is not defined yet. */
const Crm = defineComponent({
  setup: () => ({ ...readEmbedding(), recordId: ref('1001'), renders: ref(0) }),
  template: `
    <main :data-renders="renders">
      <button type="button" @click="recordId = '1004'">Next record</button>
      <button type="button" @click="renders += 1">Render again</button>
      <ledgerside-widget v-if="isLoaderLate" :server="server" :workspace="workspace" record-type="contact"
        :record-id="recordId" :getToken.prop="fetchToken" />
      <ledgerside-widget v-else :server="server" :workspace="workspace" record-type="contact"
        :record-id="recordId" :getToken="(record) => fetchToken(record)" @ledgerside:ready="onReady" />
    </main>`,
});

const app = createApp(Crm);
app.config.compilerOptions.isCustomElement = (tag: string) => tag === 'ledgerside-widget';
app.mount(document.body);
