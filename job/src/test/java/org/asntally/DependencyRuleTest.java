package org.asntally;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of the house. If this test is in your way, ask before changing it. */
class DependencyRuleTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.asntally");

    private static final String FLINK = "org.apache.flink..";

    private static final DescribedPredicate<JavaClass> KNOWS_FLINK_BY_TRADE =
            resideInAnyPackage("org.asntally.sources.flink..", "org.asntally.sinks.flink..");

    @Test
    void modulesPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("job")
                .definedBy("org.asntally.job..")
                .layer("sql")
                .definedBy("org.asntally.sql..")
                .layer("sources")
                .definedBy("org.asntally.sources..")
                .layer("sinks")
                .definedBy("org.asntally.sinks..")
                .layer("lookup")
                .definedBy("org.asntally.lookup..")
                .whereLayer("job")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers("job")
                .whereLayer("sources")
                .mayOnlyBeAccessedByLayers("job", "sql")
                .whereLayer("sinks")
                .mayOnlyBeAccessedByLayers("job", "sql")
                .whereLayer("lookup")
                .mayOnlyBeAccessedByLayers("job", "sql", "sources", "sinks")
                .check(HOUSE);
    }

    @Test
    void tablesParsersReportsAndTheCommandLineKnowNoFlink() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.asntally.lookup..",
                        "org.asntally.sources..",
                        "org.asntally.sinks.text..",
                        "org.asntally.sinks.blocklist..",
                        "org.asntally.job.ask..",
                        "org.asntally.job.cli..",
                        "org.asntally.job.config..",
                        "org.asntally.job.enrich..",
                        "org.asntally.job.filter..",
                        "org.asntally.job.lists..",
                        "org.asntally.job.update..",
                        "org.asntally.job.problem..",
                        "org.asntally.job.value..")
                .and(DescribedPredicate.not(KNOWS_FLINK_BY_TRADE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FLINK)
                .check(HOUSE);
    }

    @Test
    void parsersDoNotReachForTheirSources() {
        noClasses()
                .that()
                .resideInAPackage("org.asntally.sources..")
                .and()
                .resideOutsideOfPackage("org.asntally.sources.flink..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.asntally.sources.flink..")
                .check(HOUSE);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        SlicesRuleDefinition.slices()
                .matching("org.asntally.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .check(HOUSE);
    }

    @Test
    void nobodyButTheConsoleWritesToTheProcessOutputs() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.asntally.job.local..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HOUSE);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)$")
                .andShould()
                .resideOutsideOfPackages("..util..", "..common..", "..core..")
                .check(HOUSE);
    }

    @Test
    void eachPackageIsNullMarked() {
        var packages = new TreeSet<String>();
        var marked = new TreeSet<String>();
        for (JavaClass type : HOUSE) {
            packages.add(type.getPackageName());
            if (type.getPackage().isAnnotatedWith(NullMarked.class)) {
                marked.add(type.getPackageName());
            }
        }
        assertThat(packages).isNotEmpty();
        assertThat(marked).isEqualTo(packages);
    }
}
