# The programs. What they share lives in the folders' libraries; a file dropped into the right
# place is a program, so that nobody has to edit this list:
#
#   src/main/*.cpp           sealbook           the product
#   src/verify/*.cpp         sealbook-verify    checks a journal; shares only security/{audit,crypto} and base
#   tests/NAME/*_test.cpp    tests_NAME         tests that cross folders, run by ./dev test
#   tests/prove/NAME.cpp     prove_NAME         long proofs, run by ./dev prove NAME
#   tests/powercut/mount/*   powercut           a mount that loses what was not synced, for the proofs
#   bench/NAME.cpp           bench_NAME         one question each, run by ./dev bench NAME
#   fuzz/NAME.cpp            fuzz_NAME          libFuzzer (preset fuzz), run by ./dev fuzz NAME
set(sealbook_everything sealbook_cli sealbook_adapters sealbook_worker sealbook_ui sealbook_api
    sealbook_app sealbook_storage sealbook_security sealbook_net sealbook_sql sealbook_ports
    sealbook_domain sealbook_base)

# sealbook_program(NAME SOURCES … LINK …)
function(sealbook_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
endfunction()

file(GLOB main_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/main/*.cpp)
if(main_sources)
  sealbook_program(sealbook SOURCES ${main_sources} LINK ${sealbook_everything})
endif()

file(GLOB verify_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/verify/*.cpp)
list(FILTER verify_sources EXCLUDE REGEX "_test\\.cpp$")
if(verify_sources)
  # The two archives by name, without what their targets bring along: the link fails when a verifier
  # comes to need more. A release is static, so that it can be carried to a machine that has nothing.
  sealbook_program(sealbook-verify SOURCES ${verify_sources} LINK sealbook_flags
                   $<TARGET_FILE:sealbook_security> $<TARGET_FILE:sealbook_base> crypto sodium)
  add_dependencies(sealbook-verify sealbook_security sealbook_base)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT SEALBOOK_SANITIZE)
    target_link_options(sealbook-verify PRIVATE -static-pie -Wno-unused-command-line-argument)
  endif()
endif()

# What a user gets, without the tests.
add_custom_target(product)
foreach(program sealbook sealbook-verify)
  if(TARGET ${program})
    add_dependencies(product ${program})
  endif()
endforeach()

# Tests that cross folders: one program per folder of tests/ that holds *_test.cpp files.
file(GLOB cross_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*/*_test.cpp)
set(cross_names "")
foreach(file ${cross_tests})
  cmake_path(GET file PARENT_PATH folder)
  cmake_path(GET folder FILENAME name)
  list(APPEND cross_names ${name})
endforeach()
list(REMOVE_DUPLICATES cross_names)
foreach(name ${cross_names})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*.cpp)
  sealbook_program(tests_${name} SOURCES ${sources}
                   LINK ${sealbook_everything} GTest::gtest_main GTest::gmock)
  set_property(GLOBAL APPEND PROPERTY SEALBOOK_TEST_PROGRAMS tests_${name})
endforeach()

# What tests/upgrade/make needs beside the product.
sealbook_program(new_tenant SOURCES ${CMAKE_SOURCE_DIR}/tests/upgrade/new_tenant.cpp LINK ${sealbook_everything})

# A proof may bring its own main; otherwise GoogleTest's is linked. One that is more than a file is
# a folder: tests/prove/NAME/*.cpp.
file(GLOB proofs CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/tests/prove
     ${CMAKE_SOURCE_DIR}/tests/prove/*.cpp ${CMAKE_SOURCE_DIR}/tests/prove/*/*.cpp)
set(proof_names "")
foreach(file ${proofs})
  string(REGEX REPLACE "(/.*|\\.cpp)$" "" name ${file})
  list(APPEND proof_names ${name})
endforeach()
list(REMOVE_DUPLICATES proof_names)
foreach(name ${proof_names})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/prove/${name}.cpp
       ${CMAKE_SOURCE_DIR}/tests/prove/${name}/*.cpp)
  sealbook_program(prove_${name} SOURCES ${sources}
                   LINK ${sealbook_everything} GTest::gtest GTest::gtest_main)
endforeach()

# The second half of prove_availability: its own build of domain/, with bugs that can be switched on.
if(TARGET prove_availability)
  file(GLOB_RECURSE domain_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/domain/*.cpp)
  list(FILTER domain_sources EXCLUDE REGEX "_test\\.cpp$")
  sealbook_program(prove_availability_planted
                   SOURCES ${CMAKE_SOURCE_DIR}/tests/prove/availability.cpp ${domain_sources}
                   LINK sealbook_base date::date-tz)
  target_compile_definitions(prove_availability_planted PRIVATE SEALBOOK_PLANTED_BUGS)
  add_dependencies(prove_availability prove_availability_planted)
endif()

# The file system for power cuts; proofs that mount it are built together with it.
pkg_check_modules(FUSE3 IMPORTED_TARGET fuse3)
if(FUSE3_FOUND)
  file(GLOB powercut_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/powercut/*.cpp
       ${CMAKE_SOURCE_DIR}/tests/powercut/mount/*.cpp)
  list(FILTER powercut_sources EXCLUDE REGEX "_test\\.cpp$")
  sealbook_program(powercut SOURCES ${powercut_sources} LINK sealbook_flags PkgConfig::FUSE3 Threads::Threads)
  foreach(name powercut write-path)
    if(TARGET prove_${name})
      add_dependencies(prove_${name} powercut)
    endif()
  endforeach()
endif()

file(GLOB benches CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/bench
     ${CMAKE_SOURCE_DIR}/bench/*.cpp)
# GoogleTest comes with the throw-away databases of sql/testing.
file(GLOB shared CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/support/*.cpp)
add_library(bench_support STATIC EXCLUDE_FROM_ALL ${shared})
target_link_libraries(bench_support PUBLIC ${sealbook_everything} GTest::gtest)
target_include_directories(bench_support PUBLIC ${CMAKE_SOURCE_DIR}/bench)
foreach(file ${benches})
  string(REGEX REPLACE "\\.cpp$" "" name ${file})
  sealbook_program(bench_${name} SOURCES ${CMAKE_SOURCE_DIR}/bench/${file} LINK bench_support)
  list(APPEND bench_programs bench_${name})
endforeach()
add_custom_target(benches DEPENDS ${bench_programs})

if(SEALBOOK_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/fuzz ${CMAKE_SOURCE_DIR}/fuzz/*.cpp)
  foreach(file ${fuzzers})
    string(REGEX REPLACE "\\.cpp$" "" name ${file})
    sealbook_program(fuzz_${name} SOURCES ${CMAKE_SOURCE_DIR}/fuzz/${file} LINK ${sealbook_everything})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    list(APPEND fuzz_programs fuzz_${name})
  endforeach()
  add_custom_target(fuzzers DEPENDS ${fuzz_programs})
endif()

# ./dev reads this list instead of guessing names.
get_property(test_programs GLOBAL PROPERTY SEALBOOK_TEST_PROGRAMS)
list(JOIN test_programs "\n" test_programs_text)
file(WRITE ${CMAKE_BINARY_DIR}/test_programs.txt "${test_programs_text}\n")
add_custom_target(all_tests DEPENDS ${test_programs})

# The manifest of proofs (docs/formats/proofs.md): a release embeds the results that this commit was
# seen to give; every other build embeds none, so that a test run does not cause a rebuild.
set(proofs_script ${CMAKE_SOURCE_DIR}/scripts/dev/proofs.py)
set(proofs_mode --none)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(proofs_mode "")
endif()
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
set(embed_proofs ${Python3_EXECUTABLE} -B ${proofs_script} embed ${proofs_mode}
    --out ${CMAKE_BINARY_DIR}/generated/proofs.inc)
execute_process(COMMAND ${embed_proofs} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} COMMAND_ERROR_IS_FATAL ANY)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_custom_target(sealbook_proofs COMMAND ${embed_proofs} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                    BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/proofs.inc COMMENT "Embedding the manifest of proofs")
  add_dependencies(sealbook_app sealbook_proofs)
endif()
