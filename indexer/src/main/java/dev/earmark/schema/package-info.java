/**
 * Every field of the index: its name, its type, what it means, and how a moment fills it.
 *
 * <p>{@link dev.earmark.schema.Schema#FIELDS} is the one declaration that the writers, the search
 * engines, the API and the pages loop over. One more facet is one more entry there. Nothing here
 * knows an engine: each engine turns the {@link dev.earmark.schema.FieldType types} into its own.
 */
@NullMarked
package dev.earmark.schema;

import org.jspecify.annotations.NullMarked;
