# The control catalogue (controls/*.txt) as C++: one string literal per file, because compilers need
# not take longer ones.
file(GLOB catalogue_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/controls/*.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${catalogue_files})
set(catalogue_text "// Written by cmake/controls.cmake from controls/*.txt.\n")
foreach(file ${catalogue_files})
  file(READ ${file} text)
  string(APPEND catalogue_text "R\"catalogue(${text})catalogue\",\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/controls_catalogue.inc CONTENT "${catalogue_text}" @ONLY)
