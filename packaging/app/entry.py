"""Where the built application begins."""

import multiprocessing

from withhold.faces.app import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker of a command is this very program, started anew
    main()
