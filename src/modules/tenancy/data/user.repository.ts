import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface UserRow {
  id: string;
  email: string;
  name: string;
}

export interface UserWithPassword extends UserRow {
  passwordHash: string | null;
}

/** People. An e-mail belongs to one of them whatever its letters' case. */
@Injectable()
export class UserRepository {
  constructor(private readonly database: Database) {}

  /** A user who may sign in, by e-mail. */
  async activeByEmail(email: string): Promise<UserWithPassword | undefined> {
    const [row] = await this.database.query<UserWithPassword>(
      `SELECT id, email, name, password_hash AS "passwordHash"
         FROM users WHERE lower(email) = lower($1) AND disabled_at IS NULL`,
      [email],
    );
    return row;
  }

  async activeById(id: string): Promise<UserRow | undefined> {
    const [row] = await this.database.query<UserRow>(
      `SELECT id, email, name FROM users WHERE id = $1 AND disabled_at IS NULL`,
      [id],
    );
    return row;
  }

  /** The name of a user, disabled or not, for history. */
  async nameOf(id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ name: string }>(`SELECT name FROM users WHERE id = $1`, [id]);
    return row?.name;
  }

  /** The user of an e-mail, made if there is none; an existing one gets the name. */
  async ensure(email: string, name: string): Promise<UserWithPassword> {
    const [row] = await this.database.query<UserWithPassword>(
      `INSERT INTO users (email, name) VALUES ($1, $2)
       ON CONFLICT (lower(email)) DO UPDATE SET name = excluded.name
       RETURNING id, email, name, password_hash AS "passwordHash"`,
      [email, name],
    );
    if (row === undefined) throw new Error('An upsert answered no row.');
    return row;
  }

  /** A new user; undefined when the e-mail has one already, disabled or not. */
  async insert(email: string, name: string, passwordHash: string): Promise<UserRow | undefined> {
    const [row] = await this.database.query<UserRow>(
      `INSERT INTO users (email, name, password_hash) VALUES ($1, $2, $3)
       ON CONFLICT (lower(email)) DO NOTHING RETURNING id, email, name`,
      [email, name, passwordHash],
    );
    return row;
  }

  async rename(id: string, name: string): Promise<void> {
    await this.database.query(`UPDATE users SET name = $2 WHERE id = $1`, [id, name]);
  }

  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.database.query(`UPDATE users SET password_hash = $2 WHERE id = $1`, [id, passwordHash]);
  }
}
