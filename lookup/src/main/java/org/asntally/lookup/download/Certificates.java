package org.asntally.lookup.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.asntally.lookup.download.DownloadException.Reason;
import org.jspecify.annotations.Nullable;

/** Trust in the authorities that Java knows, and in those of a file of one's own. */
final class Certificates {

    private Certificates() {}

    /**
     * The context that also trusts the certificates of a file.
     *
     * @throws DownloadException when the file cannot be read or holds none
     */
    static SSLContext with(Path file) throws DownloadException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate certificate : known.getAcceptedIssuers()) {
                        store.setCertificateEntry("java-" + number++, certificate);
                    }
                }
            }
            Collection<? extends Certificate> own;
            try (InputStream in = Files.newInputStream(file)) {
                own = CertificateFactory.getInstance("X.509").generateCertificates(in);
            }
            if (own.isEmpty()) {
                throw bad(file, "holds no certificate", null);
            }
            for (Certificate certificate : own) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (DownloadException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw bad(file, "holds no certificate", e);
        } catch (IOException e) {
            throw bad(file, "cannot be read", e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static DownloadException bad(Path file, String what, @Nullable Throwable cause) {
        return new DownloadException(
                Reason.BAD_SETTING,
                URI.create("https://invalid/"),
                "the file of certificates '" + file + "' " + what,
                cause);
    }
}
