/**
 * The description of the API as OpenAPI 3.1, made from what the code declares.
 *
 * <p>Each route declares an {@link dev.earmark.describe.Operation} where it is added: what it is
 * for, its {@link dev.earmark.describe.Parameter parameters} and the record of its answer. {@link
 * dev.earmark.describe.OpenApi} writes them; the schemas of answers come from the records by
 * reflection ({@link dev.earmark.describe.Schemas}). Knows nothing of HTTP's libraries.
 */
@NullMarked
package dev.earmark.describe;

import org.jspecify.annotations.NullMarked;
