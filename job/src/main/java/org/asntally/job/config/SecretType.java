package org.asntally.job.config;

import org.jspecify.annotations.Nullable;

/** Texts that may hold references to secrets. */
final class SecretType extends ValueType<SecretText> {

    SecretType() {
        super("a text; secrets in it as ${env:NAME} or ${file:PATH}");
    }

    @Override
    @Nullable SecretText read(YamlNode node, String key, Findings findings) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
            refuseShape(node, key, findings);
            return null;
        }
        return new SecretText(scalar.text());
    }

    @Override
    String flow(SecretText value) {
        return YamlText.of(value.toString());
    }
}
