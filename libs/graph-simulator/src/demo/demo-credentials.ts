/** A demo tenant's identity and the app that the product signs in with. */
export interface DemoTenant {
  entraTenantId: string;
  name: string;
  clientId: string;
  /** Opens a simulator only. */
  clientSecret: string;
}

export const DEMO_CONTOSO: DemoTenant = {
  entraTenantId: '6f1c2a44-0d53-4f0e-9a57-c04705000001',
  name: 'Contoso',
  clientId: '2b8d7f10-5a3e-4c9b-8f21-c04705000002',
  clientSecret: 'contoso~demo.Sim8Q~only-opens-the-simulator',
};

export const DEMO_FABRIKAM: DemoTenant = {
  entraTenantId: 'a91e64d8-7c2b-4b6f-8d15-fab21ca30001',
  name: 'Fabrikam',
  clientId: 'c3f05e92-1b84-4d37-b6a9-fab21ca30002',
  clientSecret: 'fabrikam~demo.Sim8Q~only-opens-the-simulator',
};
