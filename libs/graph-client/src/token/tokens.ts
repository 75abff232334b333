/** Gives access tokens for Microsoft Graph, opaque to everyone here. */
export interface TokenSource {
  /**
   * @param options.forceRefresh asks the login even when a token is at hand, for one that Graph has refused.
   * @throws GraphFailure `graph.unauthorized` with the AADSTS number as `graphCode` and in `detail`; `graph.unavailable`
   *   or `graph.throttled` when the login cannot answer now; the signal's reason.
   */
  token(options?: { forceRefresh?: boolean; signal?: AbortSignal }): Promise<string>;
}
