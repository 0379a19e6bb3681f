/** @jsxImportSource preact */
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { type Embedding, readEmbedding } from './embedding.ts';

/** The same in Preact. In a file of its own, so that it is checked against the typings for Preact. */
function Crm({ embedding }: { embedding: Embedding }) {
  const { server, workspace, fetchToken, isLoaderLate, onReady } = embedding;
  const [recordId, setRecordId] = useState('1001');
  const [renders, setRenders] = useState(0);
  return (
    <main data-renders={renders}>
      <button type="button" onClick={() => setRecordId('1004')}>
        Next record
      </button>
      <button type="button" onClick={() => setRenders(renders + 1)}>
        Render again
      </button>
      {isLoaderLate ? (
        <ledgerside-widget
          {...{ server, workspace }}
          record-type="contact"
          record-id={recordId}
          ref={(element) => {
            if (element) element.getToken = fetchToken;
          }}
        />
      ) : (
        <ledgerside-widget
          {...{ server, workspace }}
          record-type="contact"
          record-id={recordId}
          getToken={(record) => fetchToken(record)}
          onledgerside:ready={onReady}
        />
      )}
    </main>
  );
}

render(<Crm embedding={readEmbedding()} />, document.body);
