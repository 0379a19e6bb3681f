import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Embedding, readEmbedding } from './embedding.ts';

/** A CRM in React. It sets the property in JSX, or by a ref if the loader may come later. */
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

createRoot(document.body).render(<Crm embedding={readEmbedding()} />);
