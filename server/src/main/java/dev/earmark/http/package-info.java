/**
 * The HTTP door: the JSON API under {@code /api/v1}, the pages, and the files pages need.
 *
 * <p>{@link dev.earmark.http.EarmarkServer} wires routes; each turns its request into a {@link
 * dev.earmark.search.SearchRequest} or a look-up, and the answer into JSON ({@link
 * dev.earmark.http.Answers}) or a page. Errors are RFC 9457 problem details for programs and a page
 * for people.
 *
 * <p>Before every request stands a guard: a limit for each client, and one for all, so that what
 * cannot be answered soon is turned away at once. Between the two, what is known already is
 * answered without being worked out again ({@link dev.earmark.http.KnownAnswers}). Around it an
 * observation counts and logs. Only the holder of a token may have anything done ({@link
 * dev.earmark.http.ServerSettings.Admin}).
 */
@NullMarked
package dev.earmark.http;

import org.jspecify.annotations.NullMarked;
