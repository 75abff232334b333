import type { DemoTenant } from '../demo-credentials.js';
import type { TenantSize } from './tenant-sizes.js';

/** Who a generated tenant belongs to: what its admins put into names. */
export interface Company extends DemoTenant {
  domain: string;
  prefix: string;
  sites: readonly string[];
  departments: readonly string[];
  /** How many people the directory holds: a part of the staff, enough to search and to fill groups. */
  people: number;
  /** Languages of its notifications and apps, most used first. */
  languages: readonly string[];
}

const SITES = [
  'Munich',
  'Zürich',
  'Łódź',
  'Évry',
  'Porto',
  'Kraków',
  'Aarhus',
  'Rotterdam',
  'Cork',
  'Leeds',
  'São Paulo',
  'Austin',
  'Toronto',
  'Osaka',
  'Pune',
  'Brno',
  'Göteborg',
  'Sevilla',
  'Torino',
  'Linz',
  'Gdańsk',
  'Lyon',
  'Tampere',
  'Bristol',
  'Reno',
  'Querétaro',
  'Cebu',
  'İzmir',
];
const DEPARTMENTS = [
  'Finance',
  'Sales',
  'HR',
  'Legal & Compliance',
  'R&D',
  'Production',
  'Logistics',
  'Service Desk',
  'Marketing',
  'Procurement',
  'Quality',
  'Field Service',
  'Retail',
  'Labs',
  'Treasury',
  'Works Council',
];
const LANGUAGES = ['en-us', 'de-de', 'fr-fr', 'nl-nl', 'pl-pl', 'pt-br', 'it-it', 'es-es', 'sv-se', 'ja-jp'];

/** The secrets open a simulator only. */
export const COMPANIES: Record<TenantSize, Company> = {
  smb: {
    entraTenantId: '3d7a9e10-4b61-4c2f-9a08-ada704000001',
    clientId: '81c5f2d6-0e93-4a7b-b1d4-ada704000002',
    clientSecret: 'adatum~demo.Sim8Q~only-opens-the-simulator',
    name: 'Adatum',
    people: 40,
    domain: 'adatum.example',
    prefix: 'ADA',
    sites: SITES.slice(0, 2),
    departments: DEPARTMENTS.slice(0, 5),
    languages: LANGUAGES.slice(0, 2),
  },
  mid: {
    entraTenantId: '5e02c8b4-91d7-4f36-8c5a-300d90500001',
    clientId: 'd4719a3e-6f08-4b52-a7e9-300d90500002',
    clientSecret: 'woodgrove~demo.Sim8Q~only-opens-the-simulator',
    name: 'Woodgrove',
    people: 250,
    domain: 'woodgrove.example',
    prefix: 'WGB',
    sites: SITES.slice(0, 9),
    departments: DEPARTMENTS.slice(0, 11),
    languages: LANGUAGES.slice(0, 5),
  },
  enterprise: {
    entraTenantId: '90b6d53f-2a84-4e17-bd60-90274301d001',
    clientId: '17e8c4a9-d350-4692-9f1b-90274301d002',
    clientSecret: 'northwind~demo.Sim8Q~only-opens-the-simulator',
    name: 'Northwind',
    people: 900,
    domain: 'northwind.example',
    prefix: 'NWT',
    sites: SITES,
    departments: DEPARTMENTS,
    languages: LANGUAGES,
  },
};
